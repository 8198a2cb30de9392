import { useEffect } from 'preact/hooks'
import type { CardRequest } from '#protocol/api.ts'
import type { Said } from './held.ts'
import { createLyingCard } from './lying-card.ts'
import { askReader, type ReaderService } from './reader-service.ts'

/** Between an answer and the next question, ms. */
const PAUSE = 600
/** A service that fails so often in a row is said to be silent. */
const FAILURES = 3

/** One reader, so what lies on it is known from one resident to the next. */
const lying = createLyingCard()

/** Asks the service beside this kiosk for a card, again and again, while a screen takes one. [IDENT9] */
export function useReaderService(
  service: ReaderService | null,
  takes: boolean,
  onCard: (card: CardRequest) => void,
  say: (said: Said | null) => void,
): void {
  useEffect(() => {
    if (!service || !takes) return
    const stop = new AbortController()
    const over = () => stop.signal.aborted
    const ask = async (): Promise<void> => {
      lying.begin()
      for (let failures = 0; !over(); await pause(PAUSE)) {
        try {
          const card = await askReader(service, stop.signal)
          if (over()) return
          if (failures >= FAILURES) say(null)
          failures = 0
          const seen = lying.seen(card)
          if (card && seen === 'read') onCard(card)
          else if (seen === 'lift') say('lift')
        } catch {
          if (!over() && ++failures === FAILURES) say('silent')
        }
      }
    }
    void ask()
    return () => stop.abort()
  }, [service, takes, onCard, say])
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
