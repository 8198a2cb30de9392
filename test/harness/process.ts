import { VARIABLES } from '#settings/environment.ts'
import { type Program, runProgram } from './program.ts'

/** A process of our own program that a test may end rudely and start again. */
export interface Restartable {
  /** Starts it again; resolves when it is ready. Only after kill() or stop(). */
  start(): Promise<void>
  /** kill −9: it gets no word in. */
  kill(): Promise<void>
  /** Asks it to end; gives its exit code. */
  stop(): Promise<number | null>
  running(): boolean
  /** All it has printed, in all its lives. */
  output(): string
}

/**
 * Starts the real program as a process of its own.
 *
 * @param entry `server/main.ts`
 * @param variables the environment; what the program reads and is not given here is unset
 * @param ready what it prints when it is ready
 */
export async function startRestartable(
  entry: string,
  variables: Record<string, string>,
  ready: RegExp,
): Promise<Restartable> {
  const unset = Object.fromEntries(VARIABLES.map((name) => [name, '']))
  let program: Program | null = null
  const lives: Program[] = []
  const running = () =>
    program !== null && program.process.exitCode === null && program.process.signalCode === null

  async function start(): Promise<void> {
    program = runProgram(entry, { ...unset, ...variables })
    lives.push(program)
    await program.printed(ready)
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (!program || !running())
      throw new Error(`${entry} had ended by itself. It said:\n${program?.output()}`)
    program.process.kill(signal)
    const { code } = await program.ended
    return code
  }

  // A test that fails must not leave it behind.
  process.once('exit', () => program?.process.kill('SIGKILL'))
  await start()
  return {
    start,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    running,
    output: () => lives.map((life) => life.output()).join(''),
  }
}
