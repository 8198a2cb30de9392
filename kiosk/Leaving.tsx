import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { size } from '#ui/appearance.ts'
import { Button } from '#ui/components/Button.tsx'
import { secondsLeft, TICKET_STAYS } from './idle.ts'
import { t } from './words.ts'

/** 完成, and the seconds until it happens by itself. [KIOSK4] */
export function Leaving({ onDone, children }: { onDone: () => void; children?: ComponentChildren }) {
  const stays = TICKET_STAYS[size.value]
  const until = useSignal(Date.now() + stays)
  const left = useSignal(secondsLeft(stays))
  const show = (): void => {
    left.value = secondsLeft(until.value - Date.now())
  }
  const stay = (): void => {
    until.value = Date.now() + stays
    show()
  }

  useEffect(() => {
    const timer = setInterval(() => {
      show()
      if (left.value === 0) onDone()
    }, 250)
    return () => clearInterval(timer)
  }, [])
  // Choosing larger text starts the longer time.
  useEffect(stay, [stays])

  return (
    <div class="leaving">
      {children ?? (
        <Button large onClick={stay} data-testid="stay-longer">
          {t('stay-longer')}
        </Button>
      )}
      <Button tone="primary" large icon="check" onClick={onDone} data-testid="done">
        {t('done')}
      </Button>
      <p class="quiet leaving-time">{t('returning', { n: left.value })}</p>
    </div>
  )
}
