import { useSignal } from '@preact/signals'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { useSteps } from '#ui/steps.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  why: 'another-screen' | 'colleague'
  counterId: string
  /** What is written above the window. */
  number: string
  deskId: string
  onExpired: () => void
}

/** This console has stepped back: it sends nothing until somebody says that work goes on here. [SHIFT5] */
export function SteppedBack({ api, why, counterId, number, deskId, onExpired }: Props) {
  const { busy, error, carryOut } = useSteps(onExpired)
  const sure = useSignal(false)
  const colleague = why === 'colleague'
  const workHere = async () => {
    // One press brings back one's own counter; from a colleague it is taken, so it is asked twice.
    if (colleague && !sure.value) {
      sure.value = true
      return
    }
    await carryOut(() => api.openCounter(counterId, { desk: deskId, ...(colleague && { takeOver: true }) }))
  }
  return (
    <main class="stepped-back" data-testid="stepped-back" data-why={why}>
      <Icon name="screen" />
      <h1 class="stepped-back-title">{t(`stepped-back-${why}`, { number })}</h1>
      <p>{sure.value ? t('take-over-what') : t('stepped-back-lead')}</p>
      <Button
        tone={sure.value ? 'primary' : 'plain'}
        large
        busy={busy.value}
        onClick={workHere}
        data-testid="work-here"
      >
        {t(sure.value ? 'take-over-sure' : 'work-here')}
      </Button>
      {error.value && <p role="alert">{errorWords(error.value)}</p>}
    </main>
  )
}
