import { effect, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Loading } from '#ui/components/Loading.tsx'
import { later } from '#ui/components/later.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { ChooseCounter } from './ChooseCounter.tsx'
import { preferredCounter } from './model.ts'
import { keptList } from './paper/kept-list.ts'
import { SignIn } from './SignIn.tsx'
import type { Shift } from './shift.ts'
import { Workplace } from './Workplace.tsx'

const LastListPage = later(async () => (await import('./paper/beside.ts')).LastListPage)

/** The console from sign-in to the desk. `link` is the counter the page's address asks for, `deskId` this console. */
export function Console({ shift, link, deskId }: { shift: Shift; link: string | null; deskId: string }) {
  const chosen = useSignal<string | null>(null)
  const choosing = useSignal(false)
  const person = shift.person.value
  const site = shift.site.value
  const expired = shift.state.value === 'expired'

  const kept = useMemo(keptList, [])
  useEffect(
    () =>
      effect(() => {
        // Nobody is signed in, and the server has said so. [PAPER8]
        if (shift.state.value === 'signed-out' && shift.error.value === null) kept.drop()
      }),
    [shift],
  )

  if (shift.state.value === 'starting') return <Loading />
  if (!person || !site) {
    const text = shift.error.value === 'unavailable' ? kept.read() : null
    const signIn = <SignIn shift={shift} />
    return text === null ? (
      signIn
    ) : (
      <LastListPage shift={shift} text={text}>
        {signIn}
      </LastListPage>
    )
  }

  const counterId = preferredCounter(site, { chosen: chosen.value, link, own: person.counterId })
  const choose = (id: string) => {
    chosen.value = id
    choosing.value = false
  }
  return (
    <>
      {site.practice && <PracticeBand />}
      <div class="place" inert={expired}>
        {counterId === null || choosing.value ? (
          <ChooseCounter
            shift={shift}
            site={site}
            current={counterId}
            onChoose={choose}
            onBack={() => {
              choosing.value = false
            }}
          />
        ) : (
          <Workplace
            key={`${person.accountId} ${counterId}`}
            shift={shift}
            person={person}
            site={site}
            counterId={counterId}
            deskId={deskId}
            onChange={() => {
              choosing.value = true
            }}
          />
        )}
      </div>
      {expired && <SignIn shift={shift} />}
    </>
  )
}
