import { type ReadonlySignal, signal } from '@preact/signals'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { createSignIn, type SignIn } from '#ui/sign-in.ts'

/**
 * Who looks at the hall. `not-for-you`: signed in, but works at a counter or the desk. `no-hall`: an administrator before the hall is
 * made.
 */
export type SessionState = 'starting' | 'signed-out' | 'not-for-you' | 'no-hall' | 'signed-in'

export interface Session extends SignIn {
  state: ReadonlySignal<SessionState>
  person: ReadonlySignal<SessionView | null>
  site: ReadonlySignal<SiteView | null>
  /** The server no longer knows the session, or not by what is shown. */
  expire: () => Promise<void>
}

/** A supervisor's session on this machine. [MANAGE4] */
export function createSession(api: Api): Session {
  const state = signal<SessionState>('starting')
  const person = signal<SessionView | null>(null)
  const site = signal<SiteView | null>(null)

  async function enter(session: SessionView): Promise<void> {
    const { may, siteId } = session
    // Clerks and volunteers: their place is the console.
    const elsewhere = !may.includes('read-report')
    site.value = elsewhere || siteId === null ? null : await api.site(siteId)
    person.value = session
    state.value = elsewhere ? 'not-for-you' : siteId === null ? 'no-hall' : 'signed-in'
  }

  function leave(): void {
    person.value = null
    site.value = null
    state.value = 'signed-out'
  }

  const signIn = createSignIn({ api, enter, leave, site })
  return {
    ...signIn,
    state,
    person,
    site,
    async expire() {
      // Peeked: whoever expires the session from an effect must not run again when it begins anew.
      if (state.peek() !== 'signed-in') return
      leave()
      // It may go on with another role. [SIGNIN12]
      await signIn.resume()
      if (state.peek() === 'signed-out') signIn.error.value ??= 'unauthenticated'
    },
  }
}
