/** Where a printer is: on the network, or behind the browser of its kiosk, which then prints by itself. */
export type PrinterAddress = { host: string; port: number } | 'browser'

/** A printer of tickets. */
export interface Printer {
  /** What staff call it. */
  id: string
  address: PrinterAddress
  /** Width of its paper, mm. */
  paper: 58 | 80
  /** `gb18030`: it has a Chinese font. `raster`: it has none, and prints a picture. */
  characters: 'gb18030' | 'raster'
  /** Names of the kiosks whose tickets it prints, `K1`; none: those that no other printer names. */
  kiosks: string[]
}

/** How a printer is, the worst that is known. `unknown`: nobody has asked yet. `paper-low` prints still. */
export const PRINTER_STATES = [
  'unknown',
  'ready',
  'paper-low',
  'paper-out',
  'cover-open',
  'fault',
  'offline',
] as const
export type PrinterState = (typeof PRINTER_STATES)[number]

/** Whether a ticket may be sent to a printer in this state: unless it is known to be in trouble. */
export function mayPrint(state: PrinterState): boolean {
  return state === 'unknown' || state === 'ready' || state === 'paper-low'
}

/** Not of the hall's file: the browser of the screen that asks prints for itself. No file can give a printer this id. */
export const OWN_BROWSER: Printer = {
  id: '@own-browser',
  address: 'browser',
  paper: 80,
  characters: 'gb18030',
  kiosks: [],
}

/**
 * What prints for a desk: of the printers the server reaches and that are not in trouble the one for the rest, else the
 * first; without any, the desk's own browser. [DESK2]
 */
export function printerForDesk(printers: readonly Printer[], stateOf: (id: string) => PrinterState): Printer {
  const reached = printers.filter(({ id, address }) => address !== 'browser' && mayPrint(stateOf(id)))
  return reached.find(({ kiosks }) => kiosks.length === 0) ?? reached[0] ?? OWN_BROWSER
}

/** The printer of a kiosk: the one that names it, else the one that names none; null without either. [PRINT3] */
export function printerOf(printers: readonly Printer[], kiosk: string): Printer | null {
  return (
    printers.find(({ kiosks }) => kiosks.includes(kiosk)) ??
    printers.find(({ kiosks }) => kiosks.length === 0) ??
    null
  )
}

/**
 * How a paper begins: a screen draws it first, it waits for the printer, or it was handed over to the kiosk's browser, of
 * which nothing more is heard.
 */
export type FirstPrintState = 'drawing' | 'waiting' | 'handed-over'
/** What becomes of a paper. `sending`: some of it may have come out. */
export type PrintState = FirstPrintState | 'sending' | 'printed' | 'given-up'

/** Dots across the paper that a print head reaches, at 203 dots an inch. */
export const DOTS = { 58: 384, 80: 576 } as const

/** A job that could not be printed for this long is given up, ms: by then the resident has gone on without paper. [PRINT7] */
export const GIVE_UP_AFTER = 60_000
/** How long after its issue a kiosk may print a ticket again, ms. [PRINT8] */
export const KIOSK_REPRINTS_WITHIN = 5 * 60_000
