import { useEffect } from 'preact/hooks'
import { createCardReader } from './card-reader.ts'

/** What is no word that somebody has typed into a field: an identity number, or the link on a ticket. */
const NO_WORD = /\d{17}[\dXx]|\/phone\/#/i

/** Listens for what a reader types, on every screen. Into a field people type fast: there only what is no word counts. */
export function useCardReader(onRead: (read: string) => void): void {
  useEffect(() => {
    let inField = false
    const reader = createCardReader((read) => {
      if (!inField || NO_WORD.test(read)) onRead(read)
    })
    const press = (event: KeyboardEvent): void => {
      inField = event.target instanceof HTMLInputElement
      if (event.ctrlKey || event.altKey || event.metaKey) return
      if (!reader.press(event.key, performance.now())) return
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', press, true)
    return () => {
      document.removeEventListener('keydown', press, true)
      reader.forget()
    }
  }, [onRead])
}
