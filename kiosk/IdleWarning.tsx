import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { highContrast, lowReach, size } from '#ui/appearance.ts'
import { Button } from '#ui/components/Button.tsx'
import { language } from '#ui/i18n.ts'
import { chime } from './chime.ts'
import { type Idle, idle } from './idle.ts'
import { LOUDEST } from './reader.ts'
import { reader } from './reading.ts'
import { t } from './words.ts'

interface Props {
  /** Where nothing of a visit can be lost: it is warned only of how the screen looks and sounds. */
  quietly: boolean
  onGone: () => void
}

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/** Asks an untouched screen whether anybody is there, by sight and sound, and clears it when nobody answers. [KIOSK4] */
export function IdleWarning({ quietly, onGone }: Props) {
  const state = useSignal<Idle>({ at: 'here' })
  // Not the clock of the machine, which somebody may set.
  const touched = useRef(performance.now())
  const here = (): void => {
    touched.current = performance.now()
    state.value = { at: 'here' }
  }

  useEffect(() => {
    const look = (): void => {
      // Who listens is there, until the question is asked.
      if (state.value.at === 'here' && reader.state.value === 'reading') here()
      const now = idle(performance.now() - touched.current, size.value)
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

  if (state.value.at !== 'asking' || (quietly && !changed())) return null
  return <Question seconds={state.value.seconds} onStay={here} />
}

/** Whether somebody has made the screen theirs. */
function changed(): boolean {
  const seen = size.value !== 'standard' || highContrast.value || lowReach.value
  return seen || language.value !== 'zh-CN' || reader.state.value !== 'off'
}

function Question({ seconds, onStay }: { seconds: number; onStay: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    chime(reader.volume.peek() / LOUDEST)
    if (reader.state.peek() !== 'off') reader.read()
  }, [])
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
