import { useSignal } from '@preact/signals'
import { Loading } from '#ui/components/Loading.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { ChooseCounter } from './ChooseCounter.tsx'
import { preferredCounter } from './model.ts'
import { SignIn } from './SignIn.tsx'
import type { Shift } from './shift.ts'
import { Workplace } from './Workplace.tsx'

/** The console from sign-in to the desk. `link` is the counter the page's address asks for, `deskId` this console. */
export function Console({ shift, link, deskId }: { shift: Shift; link: string | null; deskId: string }) {
  const chosen = useSignal<string | null>(null)
  const choosing = useSignal(false)
  const person = shift.person.value
  const site = shift.site.value
  const expired = shift.state.value === 'expired'

  if (shift.state.value === 'starting') return <Loading />
  if (!person || !site) return <SignIn shift={shift} />

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
