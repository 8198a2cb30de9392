import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { size } from '#ui/appearance.ts'
import { Button } from '#ui/components/Button.tsx'
import { chime } from './chime.ts'
import { ANSWER_WITHIN, secondsLeft, TICKET_STAYS } from './idle.ts'
import { LOUDEST } from './reader.ts'
import { reader } from './reading.ts'
import { t } from './words.ts'

interface Props {
  onDone: () => void
  children?: ComponentChildren
}

/** 完成, more time, and the seconds until it happens by itself, with a sound while there is time to answer. [KIOSK4] */
export function Leaving({ onDone, children }: Props) {
  const stays = TICKET_STAYS[size.value]
  const until = useSignal(performance.now() + stays)
  const left = useSignal(secondsLeft(stays))
  const show = (): void => {
    left.value = secondsLeft(until.value - performance.now())
  }
  const stay = (): void => {
    until.value = performance.now() + TICKET_STAYS[size.peek()]
    show()
  }

  useEffect(() => {
    let warned = false
    const timer = setInterval(() => {
      if (reader.state.value === 'reading') stay()
      else show()
      const asking = left.value <= ANSWER_WITHIN / 1_000
      if (asking && !warned) chime(reader.volume.value / LOUDEST)
      warned = asking
      if (left.value === 0) onDone()
    }, 250)
    return () => clearInterval(timer)
  }, [])
  // Choosing larger text starts the longer time.
  useEffect(stay, [stays])

  return (
    <div class="leaving">
      {children}
      <Button large onClick={stay} data-testid="stay-longer">
        {t('stay-longer')}
      </Button>
      <Button tone="primary" large icon="check" onClick={onDone} data-testid="done">
        {t('done')}
      </Button>
      <p class="quiet leaving-time">{t('returning', { n: left.value })}</p>
    </div>
  )
}
