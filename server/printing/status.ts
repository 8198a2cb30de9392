import type { PrinterState } from '#domain/printer.ts'

/** What DLE EOT 1 to 4 answer: printer, cause of being off line, error, paper. A byte each. */
export type StatusBytes = readonly [printer: number, offline: number, error: number, paper: number]

/** Asks for one of the four at once, whatever else the printer is doing. */
export const askStatus = (n: 1 | 2 | 3 | 4) => Buffer.from([0x10, 0x04, n])

/** Whether a byte is an answer to DLE EOT: 0xx1xx10. */
export const isStatus = (byte: number) => (byte & 0b1001_0011) === 0b0001_0010

/** Whether a byte is an answer to GS r: 0xx0xxxx. */
export const isSensor = (byte: number) => (byte & 0b1001_0000) === 0

/** Whether the paper sensor, as GS r 1 tells it, has no paper under it. */
export const sensesPaperEnd = (byte: number) => (byte & 0x0c) !== 0

/** How a printer is, the worst first: what somebody must do something about comes before what follows from it. [PRINT9] */
export function readStatus([printer, offline, error, paper]: StatusBytes): PrinterState {
  if (offline & 0x04) return 'cover-open'
  if (paper & 0x60 || offline & 0x20) return 'paper-out'
  if (error & 0x6c || offline & 0x40) return 'fault'
  if (printer & 0x08) return 'offline'
  if (paper & 0x0c) return 'paper-low'
  return 'ready'
}
