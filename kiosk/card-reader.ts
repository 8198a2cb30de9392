/** Between two signs of a reader; a person who types is slower, ms. */
const BURST = 100
/** What a reader types: the number of a card, or the text of a code. */
const READ = /^[!-~]{4,300}$/

export interface CardReader {
  /**
   * A key went down.
   *
   * @param at ms
   * @returns whether it ended a card: such an Enter must press no button
   */
  press: (key: string, at: number) => boolean
  forget: () => void
}

/**
 * A reader that types: signs in a burst, then Enter. Slow typing is no card. The number is told to `onCard` and forgotten; no
 * screen sees it. [KIOSK11]
 */
export function createCardReader(onCard: (number: string) => void): CardReader {
  let signs = ''
  let last = Number.NEGATIVE_INFINITY

  return {
    press(key, at) {
      const inBurst = at - last <= BURST
      last = at
      // Shift comes between the letters of a card.
      if (key.length > 1 && key !== 'Enter') {
        if (!inBurst) signs = ''
        return false
      }
      if (key === 'Enter') {
        const number = inBurst ? signs : ''
        signs = ''
        if (!READ.test(number)) return false
        onCard(number)
        return true
      }
      signs = (inBurst ? signs : '') + key
      return false
    },
    forget() {
      signs = ''
    },
  }
}
