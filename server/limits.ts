import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Action } from '#protocol/actions.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { networkOf } from './origin.ts'
import { type Principal, principalName } from './principal.ts'
import { Fault } from './problem.ts'

/** Everything is counted over a minute, but for the letting in of screens, s. */
const WITHIN = 60

/** How often one asker may ask: many times what a person, or the busiest screen, ever does. Strangers are known by address only. */
const EACH: Record<Principal['kind'], { commands: number; reads: number }> = {
  staff: { commands: 300, reads: 1_200 },
  kiosk: { commands: 240, reads: 1_200 },
  display: { commands: 60, reads: 600 },
  pad: { commands: 60, reads: 600 },
  ticket: { commands: 30, reads: 240 },
  'api-key': { commands: 60, reads: 600 },
  stranger: { commands: 120, reads: 1_200 },
}

/** How often one address may ask without being known. A whole hall may share an address. */
const ADDRESS = 6_000
/** How often one person, or one address without being known, may be wrong about a secret of one kind. */
const GUESSES = 60
/** How often one person may have something revealed: a counter sees a few residents an hour. */
const REVEALS = 12
/** How many sockets one address may open: a hall whose server comes back has all its screens at the door at once. */
const CONNECTIONS = 1_200
/** How many sockets one screen, session or ticket has at a time: a person has some tabs, and what was cut may not be missed yet. */
const OPEN = 24
/** How much a screen may say over its socket; it has little to say. */
const MESSAGES = 60

/** How often one address may ask for a screen to be let in, and one site be wrong about a screen's code, in ten minutes. [PAIR3] */
const PAIRINGS = 120
const WRONG_CODES = 20
const PAIRING_WITHIN = 600

/** What can be asked with a secret, and how it is said that the secret is wrong. */
const SECRETS: Partial<Record<Action, ErrorKey>> = {
  'sign-in': 'wrong-credentials',
  'set-up': 'wrong-code',
  'change-password': 'wrong-password',
  track: 'unknown-ticket',
  'manage-devices': 'unknown-pairing',
}

/** Keeps floods out. Counted in this process, so nothing waits for it; a city of several servers lets in as many times as much. */
export class Limits {
  readonly #on: boolean
  readonly #counters = new Map<string, RateLimiterMemory>()
  /** Sockets that are open, by the hash of the secret they came with. */
  readonly #open = new Map<string, number>()

  /** @param on false only for load tests */
  constructor(on: boolean) {
    this.#on = on
  }

  /** A request of an address. Throws Fault `too-many`. [LIMIT1] */
  async arrived(address: string): Promise<void> {
    await this.#count('address', ADDRESS, networkOf(address))
  }

  /** A request of somebody known. Throws Fault `too-many`. [LIMIT1] */
  async asked(principal: Principal, command: boolean, address: string): Promise<void> {
    const { kind } = principal
    const { commands, reads } = EACH[kind]
    await this.#count(`${kind} ${command}`, command ? commands : reads, askerOf(principal, address))
  }

  /** Does what takes a secret, unless whoever asks was wrong about such a one too often; and counts when it is wrong. [LIMIT2] */
  async guessing<T>(
    action: Action,
    principal: Principal,
    address: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const wrong = SECRETS[action]
    if (wrong === undefined) return work()
    const guesses = this.#counter(`guesses ${action}`, GUESSES)
    const who = askerOf(principal, address)
    const made = await guesses.get(who)
    if (this.#on && made && made.remainingPoints <= 0) throw tooMany(made)
    try {
      return await work()
    } catch (error) {
      if (error instanceof Fault && error.key === wrong) await guesses.penalty(who, 1)
      throw error
    }
  }

  /** A socket came with a secret that is nobody's. Throws Fault `too-many` for an address from which that came too often. [LIMIT2] */
  async knocked(address: string): Promise<void> {
    await this.#count('knocks', GUESSES, networkOf(address))
  }

  /** Something confided is to be revealed. Throws Fault `too-many`. [REVEAL4] */
  async revealing(principal: Principal): Promise<void> {
    await this.#count('reveals', REVEALS, principalName(principal))
  }

  /** A screen asks to be let in. Throws Fault `too-many`. [PAIR3] */
  async pairs(address: string): Promise<void> {
    await this.#count('pairings', PAIRINGS, networkOf(address), PAIRING_WITHIN)
  }

  /** Throws Fault `too-many` for a site whose people were wrong about codes of screens too often. [PAIR3] */
  async mayGuessFor(siteId: string): Promise<void> {
    const made = await this.#counter('codes', WRONG_CODES, PAIRING_WITHIN).get(siteId)
    if (this.#on && made && made.remainingPoints <= 0) throw tooMany(made)
  }

  /** Somebody of the site was wrong about the code of a screen. */
  async guessedFor(siteId: string): Promise<void> {
    await this.#counter('codes', WRONG_CODES, PAIRING_WITHIN).penalty(siteId, 1)
  }

  /** A socket that opens. Throws Fault `too-many`. [LIMIT3] */
  async connected(address: string): Promise<void> {
    await this.#count('connections', CONNECTIONS, networkOf(address))
  }

  /** A socket is open: true unless whoever it is has as many as may be. Each is told to `closed` as well. [LIMIT3] */
  opened(credential: string): boolean {
    const open = (this.#open.get(credential) ?? 0) + 1
    this.#open.set(credential, open)
    return !this.#on || open <= OPEN
  }

  /** A socket is open no more. */
  closed(credential: string): void {
    const open = (this.#open.get(credential) ?? 0) - 1
    if (open > 0) this.#open.set(credential, open)
    else this.#open.delete(credential)
  }

  /** A word of a screen over its socket. Throws Fault `too-many`. [LIMIT3] */
  async spoke(socketId: string): Promise<void> {
    await this.#count('messages', MESSAGES, socketId)
  }

  async #count(what: string, most: number, who: string, within = WITHIN): Promise<void> {
    if (!this.#on) return
    try {
      await this.#counter(what, most, within).consume(who)
    } catch (refused) {
      throw refused instanceof RateLimiterRes ? tooMany(refused) : refused
    }
  }

  #counter(what: string, most: number, within = WITHIN): RateLimiterMemory {
    const known = this.#counters.get(what)
    if (known) return known
    const made = new RateLimiterMemory({ points: most, duration: within, keyPrefix: what })
    this.#counters.set(what, made)
    return made
  }
}

/** Strangers are known by where they come from only. */
function askerOf(principal: Principal, address: string): string {
  return principal.kind === 'stranger' ? networkOf(address) : principalName(principal)
}

function tooMany({ msBeforeNext }: RateLimiterRes): Fault {
  return new Fault('too-many', { seconds: Math.ceil(msBeforeNext / 1_000) })
}
