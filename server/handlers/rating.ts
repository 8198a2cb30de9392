import { businessDay } from '#domain/calendar.ts'
import { checkedRating, type GivenBy, mayRate, RATE_WITHIN, type Rating } from '#domain/rating.ts'
import { Refusal } from '#domain/refusal.ts'
import type { RatingResponse, SaidResponse } from '#protocol/api.ts'
import { Conflict } from '#store/commit.ts'
import { dataKeyOf, isKeyGone, type Locked, lockField, withDataKey } from '#store/data-keys.ts'
import type { Field } from '#store/private.ts'
import {
  fieldOfWords,
  keepRating,
  keepSuggestion,
  readSaid,
  readToRate,
  type WhichMatter,
} from '#store/rating.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

type Given = Rating & { text?: string }

/** Two may rate at the same moment: the one who was later reads and decides again. */
const TRIES = 3

/** POST /tickets/:id/rating: by the resident's own page. [RATE1] */
export async function rateOwn(
  asked: Asked<{ ticket: string }, { leg?: string }, Given>,
  parts: Parts,
): Promise<Answer> {
  const { params, query, principal } = asked
  if (principal.id !== params.ticket) throw new Fault('unknown-ticket')
  return rate(asked, parts, { ticketId: params.ticket, legId: query.leg ?? null }, 'phone')
}

/** POST /counters/:counter/rating: by the tablet at the counter, of the number that was just done there. [RATE4] */
export async function rateAtCounter(
  asked: Asked<{ counter: string }, unknown, Given & { number: string }>,
  parts: Parts,
): Promise<Answer> {
  const { params, principal, body } = asked
  // A screen that was given a place is good for that alone. [PAIR5]
  const place = principal.kind === 'display' ? principal.place : null
  if (place && place.rate !== params.counter) throw new Fault('counter-not-yours')
  const site = await ownSite(principal, principal.siteId ?? '', parts)
  if (!site.counters.some(({ id }) => id === params.counter)) throw new Fault('unknown-counter')
  return rate(asked, parts, { siteId: site.id, counterId: params.counter, number: body.number }, 'tablet')
}

async function rate(
  { body, author }: Asked<unknown, unknown, Given>,
  parts: Parts,
  which: WhichMatter,
  by: GivenBy,
): Promise<Answer> {
  const { hall } = parts
  const { level, tags } = checkedRating(body)
  for (let tries = 1; ; tries++) {
    const { completion, replay } = await readToRate(hall.database, which, author)
    if (replay) return answer(replay.until)
    if (!completion) throw new Refusal('not-completed')
    const now = hall.now()
    const givenAt = mayRate(completion, by, now)
    const { siteId, ticketId } = completion
    const written =
      body.text === undefined
        ? null
        : await sealWords(body.text, fieldOfWords(completion), { siteId, ticketId }, parts)
    const rating = { level, tags, by, givenAt, written }
    const until = givenAt + RATE_WITHIN
    try {
      return answer((await keepRating(hall.database, completion, rating, author, { now, until })).until)
    } catch (error) {
      if (!(error instanceof Conflict || isKeyGone(error)) || tries === TRIES) throw error
    }
  }
}

function answer(until: number): Answer {
  return { status: 200, body: { until } satisfies RatingResponse }
}

/** POST /tickets/:id/suggestion: a word to the supervisor, one for each visit. [PHONE15] */
export async function suggest(
  { params, principal, body }: Asked<{ ticket: string }, unknown, { text: string }>,
  parts: Parts,
): Promise<Answer> {
  const { hall } = parts
  if (principal.id !== params.ticket) throw new Fault('unknown-ticket')
  const of = { siteId: principal.siteId ?? '', ticketId: params.ticket, kept: 'words' } as const
  const kept = await withDataKey(hall.database, of, parts.keys, (key) =>
    keepSuggestion(hall.database, of, lockField({ text: body.text }, 'suggestion', key), hall.now()),
  )
  if (kept === null) throw new Fault('unknown-ticket')
  if (!kept) throw new Refusal('already-suggested')
  return { status: 204 }
}

async function sealWords(
  text: string,
  field: Field,
  of: { siteId: string; ticketId: string },
  { hall, keys }: Parts,
): Promise<Locked> {
  const dataKey = await dataKeyOf(hall.database, { ...of, kept: 'words' }, keys)
  if (!dataKey) throw new Fault('unknown-ticket')
  return lockField({ text }, field, dataKey)
}

/** GET /sites/:site/feedback?day= : what was written, and the low ratings; the reading is written down. [RATE6] */
export async function getSaid(
  { params, query, principal, author }: Asked<{ site: string }, { day?: string }>,
  parts: Parts,
): Promise<Answer> {
  const site = await ownSite(principal, params.site, parts)
  const now = parts.hall.now()
  const day = query.day ?? businessDay(now, site.timeZone)
  const reading = { siteId: site.id, day, reader: author, now }
  const items = await readSaid(parts.hall.database, parts.keys, reading)
  return { status: 200, body: { items } satisfies SaidResponse }
}
