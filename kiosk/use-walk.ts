import { effect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { language } from '#ui/i18n.ts'
import { reader } from './reading.ts'

/**
 * The way through the screens without eyes or fingers: Escape goes back, a new screen begins at its top, and while the reader is on it
 * reads each new screen, and whatever the keyboard comes to. [ACCESS6] [READ1]
 */
export function useWalk(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // An open question closes itself by Escape.
      if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return
      document.querySelector<HTMLButtonElement>('main [data-back]:not(:disabled)')?.click()
    }
    const come = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return
      if (target instanceof HTMLHeadingElement) {
        scrollTo(0, 0)
        if (reader.state.value !== 'off') reader.read()
      } else if (
        reader.state.value !== 'off' &&
        target.matches(':is(main, dialog, .help-line) :focus-visible, .access-help:focus-visible')
      ) {
        reader.name(target)
      }
    }
    document.addEventListener('keydown', press)
    document.addEventListener('focusin', come)
    let spoken = language.value
    const stop = effect(() => {
      if (spoken === language.value) return
      spoken = language.value
      // Once the screen has the new words.
      if (reader.state.peek() !== 'off') requestAnimationFrame(() => reader.read())
    })
    return () => {
      document.removeEventListener('keydown', press)
      document.removeEventListener('focusin', come)
      stop()
    }
  }, [])
}
