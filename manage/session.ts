import { type ReadonlySignal, signal } from '@preact/signals'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'

/**
 * Who looks at the hall. `not-for-you`: signed in, but works at a counter. `no-hall`: an administrator before the hall is
 * made.
 */
export type SessionState = 'starting' | 'signed-out' | 'not-for-you' | 'no-hall' | 'signed-in'

export interface Session {
  state: ReadonlySignal<SessionState>
  person: ReadonlySignal<SessionView | null>
  site: ReadonlySignal<SiteView | null>
  /** Why the last sign-in or sign-out failed. */
  error: ReadonlySignal<ErrorKey | null>
  /** Continues the browser's session, if there is one. */
  resume: () => Promise<void>
  signIn: (username: string, password: string) => Promise<void>
  signOut: () => Promise<void>
  /** The server no longer knows the session. */
  expire: () => void
  /** Asks for the hall's settings again. */
  refresh: () => Promise<void>
}

/** A supervisor's session on this machine. [MANAGE4] */
export function createSession(api: Api): Session {
  const state = signal<SessionState>('starting')
  const person = signal<SessionView | null>(null)
  const site = signal<SiteView | null>(null)
  const error = signal<ErrorKey | null>(null)

  async function enter(session: SessionView): Promise<void> {
    const { role, siteId } = session
    site.value = role === 'staff' || siteId === null ? null : await api.site(siteId)
    person.value = session
    error.value = null
    state.value = role === 'staff' ? 'not-for-you' : siteId === null ? 'no-hall' : 'signed-in'
  }

  function leave(why: ErrorKey | null): void {
    person.value = null
    site.value = null
    error.value = why
    state.value = 'signed-out'
  }

  return {
    state,
    person,
    site,
    error,
    async resume() {
      try {
        await enter(await api.session())
      } catch (thrown) {
        const key = keyOf(thrown)
        leave(key === 'unauthenticated' ? null : key)
      }
    },
    async signIn(username, password) {
      error.value = null
      try {
        await enter(await api.signIn(username, password))
      } catch (thrown) {
        error.value = keyOf(thrown)
      }
    },
    async signOut() {
      error.value = null
      try {
        await api.signOut()
      } catch (thrown) {
        const key = keyOf(thrown)
        // The session is still open: to say otherwise would leave a shared screen signed in behind a sign-in page.
        if (key !== 'unauthenticated') {
          error.value = key
          return
        }
      }
      leave(null)
    },
    expire() {
      // Peeked: whoever expires the session from an effect must not run again when it begins anew.
      if (state.peek() === 'signed-in') leave('unauthenticated')
    },
    async refresh() {
      const current = site.peek()
      if (!current) return
      // Failing is no harm: the next change of the board asks again.
      const fresh = await api.site(current.id).catch(() => null)
      if (fresh && site.peek()) site.value = fresh
    },
  }
}

function keyOf(thrown: unknown): ErrorKey {
  return thrown instanceof ApiError ? thrown.key : 'internal'
}
