import { type ReadonlySignal, signal } from '@preact/signals'
import type { DayReport } from '#protocol/api.ts'
import { type Api, ApiError } from '#ui/api.ts'

/** The figures of today that no board has: exceptions, care's share. */
export interface Today {
  report: ReadonlySignal<DayReport | null>
  /** Asks again; asked while an answer is awaited, once more after it. */
  refresh: () => void
}

/** @param onExpired the server no longer knows the session */
export function createToday(api: Pick<Api, 'report'>, siteId: string, onExpired: () => void): Today {
  const report = signal<DayReport | null>(null)
  let asking = false
  let again = false

  async function ask(): Promise<void> {
    asking = true
    do {
      again = false
      try {
        report.value = await api.report(siteId, null)
      } catch (thrown) {
        // The old figures stay; the link says when the server is out of touch.
        if (thrown instanceof ApiError && thrown.key === 'unauthenticated') onExpired()
      }
    } while (again)
    asking = false
  }

  return {
    report,
    refresh: () => {
      if (asking) again = true
      else void ask()
    },
  }
}
