import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A program of its own process that a test may end rudely. */
export interface Service {
  /** Ends it the polite way. */
  stop(): Promise<void>
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>
  /** Starts it again with the same port and data. Only after stop() or kill(). */
  restart(): Promise<void>
}

interface Launch {
  name: string
  command: string
  args: string[]
  /** What it prints once it takes connections. */
  ready: RegExp
  /** The signal of its polite end. */
  stopSignal: NodeJS.Signals
  user?: { uid: number; gid: number }
}

/** Starts a program in the foreground; resolves when it is ready, rejects with its output if it ends before. */
export async function launch(options: Launch): Promise<Service> {
  let child = await start(options)

  async function end(signal: NodeJS.Signals) {
    if (hasEnded(child)) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }

  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)

  return {
    stop: async () => {
      await end(options.stopSignal)
      process.off('exit', killAtExit)
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      if (!hasEnded(child))
        throw new Error(`${options.name} still runs: stop() or kill() it before restart().`)
      child = await start(options)
    },
  }
}

async function start({ name, command, args, ready, user }: Launch): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...user })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      if (ready.test(output)) resolve()
    }
    // Read to the end even after it is ready: a full pipe would stop the program.
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${name} did not start. It said:\n${output}`)))
  })
  return child
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** A TCP port of loopback that nothing listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('The probe has no TCP address.')
  return address.port
}
