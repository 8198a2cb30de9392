import type { PrinterState } from '#domain/printer.ts'

/** What a screen can be. */
export type DeviceKind = 'kiosk' | 'display' | 'pad'

/**
 * Where a screen belongs. A hall display: in a zone, over a counter as its sign, at a counter to be rated, or (nothing named) for
 * the whole hall. A call pad: at its counter. Its token is good for nothing else. [PAIR5] [PAD1]
 */
export interface Place {
  zone?: string
  counter?: string
  rate?: string
}

/** A screen as it is told what it is. */
export interface DeviceView {
  id: string
  kind: DeviceKind
  siteId: string
  /** What the screen is called, `K1`. */
  name: string
  /** null: wherever its address says. */
  place: Place | null
}

/** POST /devices, approved: `token` is shown once; the device keeps it. */
export interface DeviceResponse extends DeviceView {
  token: string
}

/** POST /devices, to be approved: the code is for people, the secret for this screen alone. [PAIR1] */
export interface PairingResponse {
  /** `K7M-3QX` */
  code: string
  /** Approved, it is the screen's token. */
  secret: string
  /** The code is good for so long. */
  seconds: number
  /** The screen was known before and was switched off. */
  revoked: boolean
}

/** What a supervisor is told of the screen behind a code. [PAIR2] */
export interface PairingView {
  kind: DeviceKind
  /** The address it asked from. */
  origin: string
  /** ms */
  at: number
  /** The name of the screen it was before it was switched off. */
  was: string | null
  /** The next free name. */
  name: string
}

/** A screen as supervisors see it, and how it is. [HEALTH3] */
export interface DeviceItem extends Omit<DeviceView, 'siteId'> {
  /** ms */
  createdAt: number
  /** When there was word of it last, ms; null: never. */
  seenAt: number | null
  /** That was just now. */
  online: boolean
  /** `latest`: the one that the server gives out. null: it has not said. */
  build: { name: string; latest: boolean } | null
  /** How far its clock is ahead of the server's, ms; null: it has not said. */
  skew: number | null
  /** What went wrong in its page last, by its name; ms. */
  error: { name: string; at: number } | null
  /** The printer beside a kiosk; null without one that the server speaks with. */
  printer: { id: string; state: PrinterState } | null
}

/** What a call pad can do, in the order of its buttons. [PAD1] */
export const PAD_VERBS = ['call-next', 'recall', 'start', 'complete', 'no-show'] as const
export type PadVerb = (typeof PAD_VERBS)[number]

/** POST /counters/:counter/pad/:verb: what the pad showed when it was pressed. [PAD3] */
export interface PadRequest {
  /** The number at the counter; null: nobody. */
  number: string | null
  /** How often it had been called. */
  calls?: number
}

/** What lies at the counter then; null: nobody. */
export interface PadResponse {
  number: string | null
}

/** Letters of the names of screens. */
export const DEVICE_LETTER: Record<DeviceKind, string> = { kiosk: 'K', display: 'D', pad: 'C' }
