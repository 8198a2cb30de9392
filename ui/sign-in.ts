import { type Signal, signal } from '@preact/signals'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError, errorKeyOf } from './api.ts'
import type { Facts } from './i18n.ts'

/** What an app for staff does with a session. */
export interface SignInParts {
  api: Api
  /** Takes the session up; throws what the server refuses. */
  enter: (session: SessionView) => Promise<void>
  /** Puts it down: nobody is signed in. */
  leave: () => void
  site: Signal<SiteView | null>
}

/** Somebody whose password was made up, and who does nothing before they have chosen one. [SIGNIN4] */
export interface First {
  username: string
  /** The password they have just typed. */
  typed: string | null
}

export interface SignIn {
  first: Signal<First | null>
  /** Why the last sign-in or sign-out failed. */
  error: Signal<ErrorKey | null>
  /** What goes with it, such as how long to wait. */
  facts: Signal<Facts>
  /** Continues the browser's session, if there is one. */
  resume: () => Promise<void>
  signIn: (username: string, password: string) => Promise<void>
  signOut: () => Promise<void>
  /** Asks for the hall's settings again, and for who is signed in. */
  refresh: () => Promise<void>
}

/** Settings that could not be had are asked for again after this, ms. */
const AGAIN = 3_000

/** Signing in and out on a machine that several people share. */
export function createSignIn({ api, enter, leave, site }: SignInParts): SignIn {
  const error = signal<ErrorKey | null>(null)
  const facts = signal<Facts>({})
  const first = signal<First | null>(null)
  let again: ReturnType<typeof setTimeout> | undefined
  /** Who is signed in, as the server said it last. */
  let known = ''

  async function begin(asked: Promise<SessionView>, typed: string | null): Promise<void> {
    const session = await asked
    known = JSON.stringify(session)
    if (session.initial) {
      leave()
      first.value = { username: session.username, typed }
    } else {
      await enter(session)
      first.value = null
    }
    error.value = null
  }

  async function refresh(): Promise<void> {
    const current = site.peek()
    if (!current) return
    clearTimeout(again)
    try {
      const [fresh, session] = await Promise.all([api.site(current.id), api.session()])
      if (!site.peek()) return
      site.value = fresh
      // They may do something else now. [SIGNIN12]
      if (JSON.stringify(session) !== known) await begin(Promise.resolve(session), null)
    } catch (thrown) {
      // A server that has just come back may not be quite there.
      if (errorKeyOf(thrown) === 'unavailable') again = setTimeout(() => void refresh(), AGAIN)
    }
  }

  return {
    error,
    facts,
    first,
    async resume() {
      try {
        await begin(api.session(), null)
      } catch (thrown) {
        const key = errorKeyOf(thrown)
        error.value = key === 'unauthenticated' ? null : key
        first.value = null
        leave()
      }
    },
    async signIn(username, password) {
      error.value = null
      try {
        await begin(api.signIn(username, password), password)
      } catch (thrown) {
        facts.value = thrown instanceof ApiError ? thrown.facts : {}
        error.value = errorKeyOf(thrown)
      }
    },
    async signOut() {
      error.value = null
      try {
        await api.signOut()
      } catch (thrown) {
        const key = errorKeyOf(thrown)
        // The session is still open: to say otherwise would leave a shared screen signed in behind a sign-in page.
        if (key !== 'unauthenticated') {
          error.value = key
          return
        }
      }
      first.value = null
      leave()
    },
    refresh,
  }
}
