import type { PrinterState, PrintState } from '#domain/printer.ts'

export { mayPrint } from '#domain/printer.ts'

/** One thing on a paper ticket, from top to bottom. */
export type SlipPart =
  | { text: string; size: 'plain' | 'large' | 'number'; strong?: true; centred?: true }
  /** A QR code of this text. */
  | { qr: string }
  /** A line across. */
  | { rule: true }

/** What is on a paper ticket, in the words of its language. */
export interface Slip {
  /** mm */
  paper: 58 | 80
  language: 'zh-CN' | 'en'
  parts: SlipPart[]
}

/** POST /tickets/:id/print. Only staff say anything. */
export interface PrintRequest {
  /** Instead of the ticket a sentence on why it stands where it stands. */
  what?: 'why'
  /** By the browser that asks. */
  here?: true
}

/** A ticket's paper, as whoever asked for it is told. */
export interface PrintAnswer {
  jobId: string
  /** `network`: the server prints. `browser`: the asking screen's browser prints `slip`. */
  how: 'network' | 'browser'
  /** What this screen is to print, or to draw for a printer that cannot write it; else null. */
  slip: Slip | null
}

/** POST /print-jobs/:job/picture: rows of dots, top first, a bit each, 1 is black; deflated (zlib), base64. */
export interface PictureRequest {
  rows: string
}

/** The printer beside a kiosk, as the kiosk is told. */
export interface KioskPrinter {
  how: 'network' | 'browser'
  state: PrinterState
  /** mm */
  paper: 58 | 80
}

/** A printer as staff are told. */
export interface PrinterView {
  id: string
  state: PrinterState
  /** Names of the kiosks it prints for; none: all that no other printer names. */
  kiosks: string[]
}

/** What became of a ticket's paper, as the kiosk that asked for it is told, or all staff where one of them did. */
export interface PaperWord {
  jobId: string
  ticketId: string
  state: PrintState
}
