/**
 * The public number: the lane's letter and its sequence of the business day, three digits at least. [NUM1]
 *
 * @param letter one capital letter
 * @param sequence from 1
 */
export function publicNumber(letter: string, sequence: number): string {
  return `${letter}${String(sequence).padStart(3, '0')}`
}

/**
 * A number of a kiosk's own series: its name and its own sequence of the business day, two digits at least. [OFFLINE3]
 *
 * @param kiosk what the kiosk is called, `K1`
 * @param sequence from 1
 */
export function ownNumber(kiosk: string, sequence: number): string {
  return `${kiosk}-${String(sequence).padStart(2, '0')}`
}

/** The kiosk in whose own series a number is, `K1` of `K1-03`; null for a number of a lane. */
export function seriesOf(number: string): string | null {
  return /^([A-Z]+\d+)-\d{2,}$/.exec(number)?.[1] ?? null
}
