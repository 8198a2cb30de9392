import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The real program as a process of its own. */
export interface Program {
  process: ChildProcess
  /** What it has printed so far, both streams. */
  output(): string
  /** Resolves with the output once it matches; rejects when the program ends first. */
  printed(pattern: RegExp): Promise<string>
  /** Resolves when it has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>
}

/** Runs an entry file, `server/main.ts`, with just these variables besides the machine's own. */
export function runProgram(
  entry: string,
  variables: Record<string, string>,
  args: readonly string[] = [],
): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const ended: Program['ended'] = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }))
  })
  return {
    process: child,
    output: () => output,
    ended,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(output)) return
          listeners.delete(look)
          resolve(output)
        }
        listeners.add(look)
        look()
        ended.then(({ code }) =>
          reject(new Error(`${entry} ended with ${code} before ${pattern}:\n${output}`)),
        )
      }),
  }
}
