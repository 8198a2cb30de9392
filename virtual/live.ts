import type { Crowd } from './crowd.ts'
import { followHall } from './follow.ts'

/** However long nothing is to happen, they look again after this, ms. */
const LONGEST = 60_000

/** Lets the people of a hall live on its clock, until stopped; stopping waits for what is under way. */
export function live(url: string, crowd: Crowd, now: () => number): { stop(): Promise<void> } {
  let stopped = false
  let wake = () => {}
  const hall = followHall(url, crowd, () => wake())
  const until = (at: number | null) =>
    new Promise<void>((resolve) => {
      const wait = Math.max(0, Math.min(at === null ? LONGEST : at - now(), LONGEST))
      const timer = setTimeout(resolve, wait)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const run = async () => {
    while (!stopped) {
      const at = crowd.dueAt()
      if (at !== null && at <= now()) await crowd.step()
      else await until(at)
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      hall.close()
      await running
    },
  }
}
