import { type ReadonlySignal, signal } from '@preact/signals'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { createSignIn, type SignIn } from '#ui/sign-in.ts'

/**
 * Who sits here. `expired`: the session ended while somebody was at work, so their place is kept on the screen until they
 * have signed in again.
 */
export type ShiftState = 'starting' | 'signed-out' | 'signed-in' | 'expired'

export interface Shift extends SignIn {
  api: Api
  state: ReadonlySignal<ShiftState>
  /** The last person signed in; kept while expired. */
  person: ReadonlySignal<SessionView | null>
  site: ReadonlySignal<SiteView | null>
  /** Grows with each sign-in, so that what watches by the session watches anew. */
  sitting: ReadonlySignal<number>
  /** The server no longer knows the session. */
  expire: () => void
}

/** A clerk's session on this machine. [SHIFT1] */
export function createShift(api: Api): Shift {
  const state = signal<ShiftState>('starting')
  const person = signal<SessionView | null>(null)
  const site = signal<SiteView | null>(null)
  const sitting = signal(0)

  async function enter(session: SessionView): Promise<void> {
    site.value = await api.site(session.siteId ?? '')
    person.value = session
    sitting.value += 1
    state.value = 'signed-in'
  }

  function leave(): void {
    person.value = null
    site.value = null
    state.value = 'signed-out'
  }

  return {
    api,
    ...createSignIn({ api, enter, leave, site }),
    state,
    person,
    site,
    sitting,
    expire() {
      // Peeked: whoever expires the shift from an effect must not run again when it resumes.
      if (state.peek() === 'signed-in') state.value = 'expired'
    },
  }
}
