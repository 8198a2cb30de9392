import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Errand } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import type { By } from './keys.ts'
import { t } from './words.ts'

interface Props {
  counterId: string
  /** The number that lies there, if any. */
  number: string | null
  pending: string | null
  disabled: boolean
  onRun: (errand: Errand, by: By) => void
}

/** A change of shift: asked twice, because a colleague may be at work there. [SHIFT5] */
export function TakeOver({ counterId, number, pending, disabled, onRun }: Props) {
  const asking = useSignal(false)
  const question = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (asking.value) question.current?.focus({ preventScroll: true })
  }, [asking.value])
  const button = (name: string, label: string, primary: boolean, onPress: (by: By) => void) => (
    <KeyButton
      name={name}
      label={label}
      tone={primary ? 'primary' : 'plain'}
      large
      keySign={null}
      pending={pending}
      disabled={disabled}
      onPress={onPress}
    />
  )
  if (!asking.value) {
    return button('take-over-ask', t('take-over'), false, () => {
      asking.value = true
    })
  }
  return (
    <>
      <p class="take-over-ask" ref={question} tabIndex={-1}>
        {number === null ? t('take-over-what') : t('take-over-with', { number })}
      </p>
      <div class="desk-others">
        {button('take-over-leave', t('leave'), false, () => {
          asking.value = false
        })}
        {button('take-over', t('take-over-sure'), true, (by) =>
          onRun({ errand: 'take-over', counterId }, by),
        )}
      </div>
    </>
  )
}
