import type { ReadonlySignal } from '@preact/signals'
import type { Api } from '#ui/api.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { later } from '#ui/components/later.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { NoHall, NotForYou } from './Gate.tsx'
import { Overview } from './Overview.tsx'
import type { Page } from './page.ts'
import { SetUp } from './SetUp.tsx'
import { SignIn } from './SignIn.tsx'
import type { Session } from './session.ts'

// Once in the life of an account.
const FirstPassword = later(async () => (await import('#ui/account/FirstPassword.tsx')).FirstPassword)

/** The supervisor's app, from sign-in to the hall. */
export function Manage(props: { api: Api; session: Session; page: ReadonlySignal<Page> }) {
  const { api, session, page } = props
  const state = session.state.value
  const person = session.person.value
  const site = session.site.value

  if (page.value.page === 'setup') return <SetUp api={api} />
  if (state === 'starting') return <Loading />
  if (session.first.value) return <FirstPassword api={api} signIn={session} first={session.first.value} />
  if (state === 'not-for-you') return <NotForYou session={session} />
  if (state === 'no-hall') return <NoHall session={session} />
  if (!person || !site) return <SignIn session={session} />
  return (
    <>
      {site.practice && <PracticeBand />}
      <Overview
        key={`${person.accountId} ${site.id}`}
        api={api}
        session={session}
        person={person}
        site={site}
        page={page.value}
      />
    </>
  )
}
