import { useLayoutEffect } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { type Missed, type MissedSteps, numberOf } from './missed.ts'
import { t } from './words.ts'

interface Props {
  entry: Extract<Missed, { at: 'entry' }>
  letters: readonly string[]
  steps: MissedSteps
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Which number? Letter and digits, as they stand on the ticket; by finger or by keyboard. [KIOSK7] */
export function NumberScreen({ entry, letters, steps }: Props) {
  const { letter, digits } = entry
  const number = numberOf(letter, digits)

  // At once: a key that is pressed with the screen's first picture counts.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const key = event.key.toUpperCase()
      if (letters.some((letter) => letter[0] === key)) steps.letter(key)
      else if (key === '-') steps.dash()
      else if (/^\d$/.test(key)) steps.digit(key)
      else if (key === 'BACKSPACE') steps.erase()
      // On a button, Enter presses that button.
      else if (key === 'ENTER' && !(event.target instanceof HTMLButtonElement)) steps.find()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [letters, steps])

  const digit = (sign: string) => (
    <button
      key={sign}
      type="button"
      class="pad-key number"
      data-testid={`missed-digit-${sign}`}
      onClick={() => steps.digit(sign)}
    >
      {sign}
    </button>
  )
  return (
    <div class="question pad-screen">
      <div class="pad-words">
        <ScreenTitle>{t('missed-title')}</ScreenTitle>
        <p class="question-lead">{t('missed-lead')}</p>
        <p class="pad-number number" role="status" data-testid="missed-number">
          <span class={letter === null ? 'pad-blank' : ''}>{letter ?? '–'}</span>
          {letter !== null && letter.length > 1 && '-'}
          <span class={digits === '' ? 'pad-blank' : ''}>{digits === '' ? '–––' : digits}</span>
        </p>
      </div>
      <div class="pad">
        <fieldset class="pad-letters" aria-label={t('missed-letters')}>
          {letters.map((sign) => (
            <button
              key={sign}
              type="button"
              class="pad-key pad-key--letter number"
              aria-pressed={letter === sign}
              data-testid={`missed-letter-${sign}`}
              onClick={() => steps.letter(sign)}
            >
              {sign}
            </button>
          ))}
        </fieldset>
        <div class="pad-digits">
          {DIGITS.map(digit)}
          <span />
          {digit('0')}
          <button
            type="button"
            class="pad-key pad-key--erase"
            aria-label={t('missed-erase')}
            disabled={letter === null && digits === ''}
            data-testid="missed-erase"
            onClick={steps.erase}
          >
            <Icon name="erase" />
          </button>
        </div>
      </div>
      <div class="pad-go">
        <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
        <Button
          tone="primary"
          large
          disabled={number === null}
          onClick={steps.find}
          data-testid="missed-find"
        >
          {t('missed-find')}
        </Button>
      </div>
    </div>
  )
}
