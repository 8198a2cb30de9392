import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LoadPlan, LoadReport } from './load.ts'

/** Runs a load in a process of its own, so that clients do not take the server's event loop. */
export async function runLoadApart(plan: LoadPlan): Promise<LoadReport> {
  const entry = fileURLToPath(new URL('./load-process.ts', import.meta.url))
  const child = fork(entry, [], { execArgv: ['--import', 'tsx'], serialization: 'advanced' })
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)
  try {
    child.send(plan)
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the load ended with ${code} before it reported`)
    })
    const [report] = await Promise.race([once(child, 'message'), ended])
    return report as LoadReport
  } finally {
    process.off('exit', stop)
    stop()
  }
}
