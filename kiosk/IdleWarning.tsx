import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { size } from '#ui/appearance.ts'
import { Button } from '#ui/components/Button.tsx'
import { language } from '#ui/i18n.ts'
import { type Idle, idle } from './idle.ts'
import { t } from './words.ts'

interface Props {
  /** On the first screen there is nothing to warn of: language and size go back quietly. */
  atHome: boolean
  onGone: () => void
}

const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const

/** Asks an untouched screen whether anybody is there, and clears it when nobody answers. [KIOSK4] */
export function IdleWarning({ atHome, onGone }: Props) {
  const state = useSignal<Idle>({ at: 'here' })
  const touched = useRef(Date.now())
  const here = (): void => {
    touched.current = Date.now()
    state.value = { at: 'here' }
  }

  useEffect(() => {
    const look = (): void => {
      const now = idle(Date.now() - touched.current, size.value)
      if (now.at !== 'gone') {
        state.value = now
        return
      }
      here()
      onGone()
    }
    const timer = setInterval(look, 250)
    for (const touch of TOUCHES) document.addEventListener(touch, here)
    return () => {
      clearInterval(timer)
      for (const touch of TOUCHES) document.removeEventListener(touch, here)
    }
  }, [onGone])

  const asking = state.value.at === 'asking' && !atHome
  if (!asking || state.value.at !== 'asking') return null
  return <Question seconds={state.value.seconds} onStay={here} />
}

function Question({ seconds, onStay }: { seconds: number; onStay: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog class="idle" ref={dialog} aria-labelledby="idle-title" onCancel={onStay} data-testid="idle">
      <h2 id="idle-title" lang={language.value}>
        {t('idle-title')}
      </h2>
      <p>{t('idle-lead', { n: seconds })}</p>
      <Button tone="primary" large wide onClick={onStay} data-testid="idle-stay">
        {t('idle-stay')}
      </Button>
    </dialog>
  )
}
