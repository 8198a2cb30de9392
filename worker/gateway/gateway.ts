import type { DeliveryFault } from '#protocol/webhook.ts'

/** Something to tell a program outside. */
export interface Message {
  /** The same each time it is told again: receivers know it by that. */
  id: string
  /** When it is told, ms. */
  at: number
  body: string
}

/** A way out of the hall. Whatever tells residents by SMS or WeChat stands behind one, or is one. */
export interface Gateway {
  /** Resolves when the message has arrived. @throws Undelivered */
  deliver(message: Message): Promise<void>
}

/** The message may not have arrived. */
export class Undelivered extends Error {
  readonly fault: DeliveryFault
  /** HTTP status of the answer; null without one. */
  readonly status: number | null

  constructor(fault: DeliveryFault, status: number | null = null) {
    super(fault)
    this.name = 'Undelivered'
    this.fault = fault
    this.status = status
  }
}

/** The first pause after a failure at most, and the longest, ms. */
const FIRST = 2_000
const LONGEST = 3_600_000

/**
 * How long to wait after the nth failure in a row, ms: twice as long each time, up to an hour. Between half of it and all of
 * it, so that many webhooks of one receiver do not come back together. [HOOK4]
 *
 * @param failures from 1
 * @param chance from 0 to 1
 */
export function pauseAfter(failures: number, chance: number): number {
  const most = Math.min(FIRST * 2 ** (failures - 1), LONGEST)
  return Math.round(most / 2 + (most / 2) * chance)
}
