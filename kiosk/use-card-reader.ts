import { useEffect } from 'preact/hooks'
import { createCardReader } from './card-reader.ts'

/** Listens for a card while a screen that takes one is shown. */
export function useCardReader(takes: boolean, onCard: (number: string) => void): void {
  useEffect(() => {
    if (!takes) return
    const reader = createCardReader(onCard)
    const press = (event: KeyboardEvent): void => {
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
  }, [takes, onCard])
}
