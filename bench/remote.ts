import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a process of the benchmark can be asked; each takes one argument that survives JSON. */
export type Methods = Record<string, (argument: never) => Promise<unknown>>

interface Asked {
  id: number
  name: string
  argument: unknown
}

interface Answered {
  id: number
  value?: unknown
  error?: string
}

/** A process of the benchmark, seen from the one that started it. */
export interface Remote<M extends Methods> {
  ask<N extends keyof M & string>(name: N, ...argument: Parameters<M[N]>): Promise<Awaited<ReturnType<M[N]>>>
  /** Processor time it has used, ms. */
  cpu(): Promise<number>
  /** Ends it; its `stop` method is not called. */
  end(): Promise<void>
}

/**
 * Starts a file of this folder as a process of its own, so that what is measured and what loads it never share an
 * event loop.
 */
export function start<M extends Methods>(file: string): Remote<M> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let last = 0
  child.on('message', ({ id, value, error }: Answered) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(value)
    else asked?.reject(new Error(`${file}: ${error}`))
  })
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended (${code ?? signal})`))
  })
  function ask<T>(name: string, argument: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      child.send({ id, name, argument } satisfies Asked)
    })
  }
  return {
    ask: (name, ...[argument]) => ask(name, argument),
    cpu: () => ask(CPU, undefined),
    end: () => end(child),
  }
}

const CPU = 'cpu of the process'

async function cpu(): Promise<number> {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.disconnect()
  await exit
}

/** Answers what the parent asks, until it lets go. */
export function serve(methods: Methods): void {
  process.on('message', async ({ id, name, argument }: Asked) => {
    const answer: Answered = { id }
    try {
      const method = name === CPU ? cpu : methods[name]
      if (!method) throw new Error(`cannot ${name}`)
      answer.value = await method(argument as never)
    } catch (error) {
      answer.error = (error as Error).stack ?? String(error)
    }
    if (process.connected) process.send?.(answer)
  })
  process.once('disconnect', () => process.exit(0))
}
