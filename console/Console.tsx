import { effect, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Loading } from '#ui/components/Loading.tsx'
import { later } from '#ui/components/later.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { ChooseCounter } from './ChooseCounter.tsx'
import { preferredCounter, supervises, worksHere } from './model.ts'
import { keptList } from './paper/kept-list.ts'
import { SignIn } from './SignIn.tsx'
import type { Shift } from './shift.ts'
import type { Place } from './TopBar.tsx'
import { Workplace } from './Workplace.tsx'

const LastListPage = later(async () => (await import('./paper/beside.ts')).LastListPage)
// Few consoles are the reception's.
const Reception = later(async () => (await import('./reception/Reception.tsx')).Reception)

// Once in the life of an account.
const FirstPassword = later(async () => (await import('#ui/account/FirstPassword.tsx')).FirstPassword)

// Hardly ever seen.
const NotHere = later(async () => (await import('./NotHere.tsx')).NotHere)

interface Props {
  shift: Shift
  /** The counter the page's address asks for. */
  link: string | null
  /** It asks for the reception. */
  reception: boolean
  /** This console. */
  deskId: string
}

/** The console from sign-in to the desk, or to the reception: volunteers have no other place. [DESK7] */
export function Console({ shift, link, reception, deskId }: Props) {
  const atReception = useSignal(reception)
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
  if (shift.first.value) return <FirstPassword api={shift.api} signIn={shift} first={shift.first.value} />
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

  if (!worksHere(person)) return <NotHere shift={shift} />
  const counterId = preferredCounter(site, { chosen: chosen.value, link, own: person.counterId })
  const choose = (id: string) => {
    chosen.value = id
    choosing.value = false
  }
  const toReception: Place = {
    id: 'open-reception',
    go: () => {
      atReception.value = true
    },
  }
  const toChoice: Place = {
    id: 'change-counter',
    go: () => {
      choosing.value = true
    },
  }
  const toCounter: Place = {
    id: 'open-counter',
    go: () => {
      atReception.value = false
    },
  }
  const volunteers = !person.may.includes('operate-counter')
  const mayChoose = person.counterId === null || supervises(person)
  return (
    <>
      {site.practice && <PracticeBand />}
      <div class="place" inert={expired}>
        {volunteers || atReception.value ? (
          <Reception
            key={person.accountId}
            shift={shift}
            person={person}
            site={site}
            places={volunteers ? [] : [toCounter]}
          />
        ) : counterId === null || choosing.value ? (
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
            places={mayChoose ? [toReception, toChoice] : [toReception]}
          />
        )}
      </div>
      {expired && <SignIn shift={shift} />}
    </>
  )
}
