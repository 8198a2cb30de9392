/**
 * The public number: the lane's letter and its sequence of the business day, three digits at least. [NUM1]
 *
 * @param letter one capital letter
 * @param sequence from 1
 */
export function publicNumber(letter: string, sequence: number): string {
  return `${letter}${String(sequence).padStart(3, '0')}`
}
