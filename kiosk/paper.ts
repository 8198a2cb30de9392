import { type KioskPrinter, mayPrint, type PaperWord, type PrintAnswer } from '#protocol/printing.ts'

/** How a ticket's paper stands, as its resident is told. `handed-over`: the browser prints, and nobody hears of it. */
export type PaperState = 'none' | 'printing' | 'printed' | 'failed' | 'handed-over'

/**
 * What to say of the paper of a ticket. [PRINT10] What the printer said of this paper counts most; while it has said nothing, a
 * printer in trouble prints nothing.
 */
export function paperState(
  print: PrintAnswer | null,
  ticketId: string,
  printer: KioskPrinter | null,
  word: PaperWord | null,
): PaperState {
  if (print === null) return 'none'
  if (print.how === 'browser') return 'handed-over'
  if (word?.ticketId === ticketId) return word.state === 'printed' ? 'printed' : 'failed'
  return printer && !mayPrint(printer.state) ? 'failed' : 'printing'
}

/** What keeps this kiosk from printing, said before anybody takes a number; null when nothing is known to. [PRINT10] */
export function paperTrouble(printer: KioskPrinter | null): 'paper-out' | 'no-paper' | null {
  if (!printer || printer.how === 'browser' || mayPrint(printer.state)) return null
  return printer.state === 'paper-out' ? 'paper-out' : 'no-paper'
}
