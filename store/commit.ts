import type { Change, Outcome } from '#domain/change.ts'
import type { Leg } from '#domain/leg.ts'
import type { Past } from '#domain/past.ts'
import { Refusal, type RefusalKey } from '#domain/refusal.ts'
import type { Site, Situation } from '#domain/site.ts'
import type { StaffEvent } from '#protocol/events.ts'
import type { By } from './audit.ts'
import type { Database } from './database.ts'
import { siteOf } from './sites.ts'

/** Who commits, and the key that makes a retry the same command. */
export interface Author extends By {
  /** Client-made; the same for every try of one command. */
  key: string
  /** SHA-256 of what was asked: the same key with another question is refused. */
  digest: string
}

/** The outcome with what else the commit found. */
export interface Committed extends Outcome {
  /** For an issue: counters that serve the lane now, and how many of them are free. */
  open: number | null
  free: number | null
  /** When the line proposed a leg: whether it waits after this commit, and when it was last called, ms. */
  proposed?: { waits: boolean; calledAt: number | null }
  /** Of an issue: nothing was issued, because its resident has this ticket already. */
  already?: true
  /** Of a call-next: when the called leg had come to wait, ms. */
  enteredAt?: number
  /** Whether its key was seen before: nothing happened now, and this is the first outcome. */
  replayed: boolean
  /** null on a replay, and when nothing happened (nobody waited). */
  event: StaffEvent | null
  /** Stints that left the line, and those that entered it. */
  left: Leg[]
  entered: Leg[]
}

/** What stood when the command read, and the first outcome if its key was seen before. */
export interface Found {
  situation: Situation
  /** The leg call-next is likely to take. */
  likely: Leg | null
  replay: Committed | null
}

/** The versions a decision stood on have changed: read and decide again. */
export class Conflict extends Error {
  constructor() {
    super('conflict')
    this.name = 'Conflict'
  }
}

/** The key was used for another question. */
export class KeyReused extends Error {
  constructor() {
    super('key-reused')
    this.name = 'KeyReused'
  }
}

/**
 * What a command is about. A ticket with a counter: it is called there; `legId`: that leg of a visit; `prefer`: the
 * one in that state, if there is one; `paper`: the span of a call made there on paper, ms; `staffId`: a person the command names.
 * A call for help with a counter: somebody goes from there. `undo`: the counter's last action too. `inside`: everybody who
 * waits, is held or missed. `kiosk`: the device that brings a ticket it issued by itself.
 * `mark`: what is open of the identity it stands for.
 */
export type About =
  | { siteId: string; inside?: true }
  | { siteId: string; mark?: string }
  | { siteId: string; kiosk: string }
  | { counterId: string; undo?: true }
  | { helpId: string; counterId?: string }
  | {
      ticketId: string
      legId?: string
      prefer?: 'missed' | 'held'
      counterId?: string
      paper?: { from: number; to: number }
      staffId?: string
    }

interface SituationRow {
  siteId: string
  revision: number
  clock: number
  clockHeld: boolean
  counter: Situation['counter']
  atCounter: Situation['atCounter']
  leg: Situation['leg']
  others: Leg[]
  inside: Leg[]
  own: Situation['own']
  help: Situation['help']
  colleague: Situation['colleague']
  offer: Situation['offer']
  past: Past | null
  offline: Situation['offline'] | null
  last: Situation['last']
  likely: Leg | null
  seen: { digest: string; outcome: Committed } | null
}

/**
 * Reads what a command needs, in one round trip.
 *
 * @param callAt ms, when the command calls the next ticket
 * @throws Refusal `unknown-site | unknown-counter | unknown-ticket`; KeyReused
 */
export async function readSituation(
  database: Database,
  about: About,
  author: Author,
  callAt?: number,
): Promise<Found> {
  const [row] = await database.query<{ found: SituationRow | { unknown: 'unknown-counter' } | null }>(
    'select nuanhao.situation($1::jsonb) as found',
    [JSON.stringify({ ...about, principal: author.principal, key: author.key, callAt })],
  )
  const found = row?.found
  if (!found) {
    throw new Refusal(
      'ticketId' in about
        ? 'unknown-ticket'
        : 'helpId' in about
          ? 'unknown-help'
          : 'counterId' in about
            ? 'unknown-counter'
            : 'unknown-site',
    )
  }
  if ('unknown' in found) throw new Refusal(found.unknown)
  const same = found.seen?.digest === author.digest
  if (found.seen && !same && !found.offline?.issued) throw new KeyReused()
  const site = await siteOf(database, found.siteId, found.revision)
  return {
    situation: {
      site,
      clock: found.clock,
      clockHeld: found.clockHeld,
      counter: found.counter,
      atCounter: found.atCounter,
      leg: found.leg,
      others: found.others,
      inside: found.inside,
      own: found.own,
      help: found.help,
      colleague: found.colleague,
      offer: found.offer,
      past: found.past,
      ...(found.offline && { offline: found.offline }),
      last: found.last,
    },
    likely: found.likely,
    replay:
      found.seen && same
        ? { ...found.seen.outcome, replayed: true, event: null, left: [], entered: [] }
        : null,
  }
}

/** SQLSTATEs a commit can lose a race with: our own conflict, and the unique indexes behind it. */
const RACES = new Set(['NH409', '23505'])

/**
 * Makes a decision true, all or nothing, in one round trip.
 *
 * @param now the caller's clock, ms; lifted to the site's clock when that is ahead
 * @param day the business day at `now`
 * @param stood what the decision stood on besides the versions in the change: the counter and who was there, the other
 *   matters of the visit, where a person it names sits, of a command on everybody inside who they were, of a ticket issued
 *   offline whether its key was heard of before, and what whoever shows an identity has
 * @throws Refusal of what only shows under the lock; Conflict, KeyReused
 */
export async function commit(
  database: Database,
  site: Site,
  change: Change,
  author: Author,
  now: number,
  day: string,
  stood: Partial<
    Pick<Situation, 'counter' | 'atCounter' | 'leg' | 'others' | 'inside' | 'colleague' | 'offline' | 'own'>
  > = {},
): Promise<Committed> {
  const letter = site.lanes.find(({ id }) => id === change.ticket?.laneId)?.letter
  const body = {
    site: site.id,
    revision: site.revision,
    now,
    day,
    actor: author.principal,
    stood: {
      ...(stood.counter && {
        counterId: stood.counter.id,
        version: stood.counter.version,
        atCounter: stood.atCounter?.id ?? null,
      }),
      ...(stood.leg && {
        visit: {
          ticketId: stood.leg.ticketId,
          legId: stood.leg.id,
          others: versionsOf(stood.others ?? []),
        },
      }),
      ...(stood.colleague && { colleague: stood.colleague }),
      ...(stood.offline && { issued: stood.offline.issued?.seq ?? null }),
      ...(stood.inside && stood.inside.length > 0 && { inside: versionsOf(stood.inside) }),
      ...(stood.own && { own: { mark: stood.own.mark, legs: versionsOf(stood.own.legs) } }),
    },
    ...author,
    change: change.ticket ? { ...change, ticket: { ...change.ticket, letter } } : change,
  }
  try {
    const [row] = await database.query<{ committed: Committed }>(
      'select nuanhao.commit($1::jsonb) as committed',
      [JSON.stringify(body)],
    )
    if (!row) throw new Error('nuanhao.commit gave no row')
    const { committed } = row
    return {
      ...committed,
      // The first outcome is kept without them.
      replayed: committed.event === undefined,
      event: committed.event ?? null,
      left: committed.left ?? [],
      entered: committed.entered ?? [],
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (RACES.has(code)) throw new Conflict()
    if (code === 'NH422') throw new KeyReused()
    if (code === 'NH400') throw new Refusal((error as Error).message as RefusalKey)
    throw error
  }
}

function versionsOf(legs: readonly Leg[]): Record<string, number> {
  return Object.fromEntries(legs.map(({ id, version }) => [id, version]))
}
