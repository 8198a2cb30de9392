import type { CardRequest } from '#protocol/api.ts'

/** What a reader's answers mean, one after another. It knows no number, only whether a card lies there. */
export interface LyingCard {
  /** Another resident, or another screen, begins to look. */
  begin: () => void
  /** `read`: a card has been put there. `lift`: one lies there since before, and may be somebody else's. */
  seen: (card: CardRequest | null) => 'read' | 'lift' | null
}

/** A card that was forgotten on the reader is not the next resident's: it is read when it is put there, and not again. [KIOSK2] [IDENT9] */
export function createLyingCard(): LyingCard {
  let lying = false
  let fresh = false
  return {
    begin() {
      fresh = true
    },
    seen(card) {
      const before = lying
      lying = card !== null
      const first = fresh
      fresh = false
      if (!lying) return null
      if (!before) return 'read'
      return first ? 'lift' : null
    },
  }
}
