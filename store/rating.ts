import type { Sealed } from '#domain/change.ts'
import type { GivenBy, Level, Rating, ToRate } from '#domain/rating.ts'
import type { Keys } from '#settings/key-file.ts'
import type { By } from './audit.ts'
import { type Author, Conflict, KeyReused } from './commit.ts'
import type { Locked } from './data-keys.ts'
import type { Database } from './database.ts'
import { type Field, type Note, openField, type RecordOf } from './private.ts'

/** A matter that is done, by the event that completed it. */
export interface Completion extends ToRate {
  siteId: string
  ticketId: string
  legId: string
  seq: number
}

/** Of a ticket the matter meant, else its last; of a counter the last of that number. */
export type WhichMatter =
  | { ticketId: string; legId: string | null }
  | { siteId: string; counterId: string; number: string }

/** What a rating came to. */
export interface Rated {
  /** Until when it may be changed, ms. */
  until: number
}

/** What a rating needs to be decided, and the first answer if its key was seen before: one read. */
export async function readToRate(
  database: Database,
  which: WhichMatter,
  author: Author,
): Promise<{ completion: Completion | null; replay: Rated | null }> {
  const of =
    'ticketId' in which
      ? [which.ticketId, which.legId, null, null, null]
      : [null, null, which.siteId, which.counterId, which.number]
  const [row] = await database.query<{
    completion: (Completion & { given: ToRate['given'] }) | null
    seen: { digest: string; outcome: Rated } | null
  }>(
    `with done as (
       select l.site_id, l.ticket_id, l.id, i.seq, e.at
         from nuanhao.leg l
         join nuanhao.interval i on i.leg_id = l.id and i.state = 'completed'
         join nuanhao.event e on e.site_id = l.site_id and e.seq = i.seq
        where l.state = 'completed'
          and (l.ticket_id = $1 and ($2::text is null or l.id = $2)
            or l.site_id = $3 and l.counter_id = $4 and l.number = $5)
        order by i.seq desc limit 1)
     select
       (select jsonb_build_object('siteId', d.site_id, 'ticketId', d.ticket_id, 'legId', d.id, 'seq', d.seq, 'doneAt', d.at,
                 'given', (select jsonb_build_object('by', r.given_by, 'at', r.given_at)
                             from nuanhao.rating r where r.leg_id = d.id and r.seq = d.seq))
          from done d) as completion,
       (select jsonb_build_object('digest', k.digest, 'outcome', k.outcome) from nuanhao.idempotency k
         where k.principal = $6 and k.key = $7 and k.site_id = (select site_id from done)) as seen`,
    [...of, author.principal, author.key],
  )
  if (row?.seen && row.seen.digest !== author.digest) throw new KeyReused()
  return { completion: row?.completion ?? null, replay: row?.seen?.outcome ?? null }
}

/**
 * Keeps a rating, with its key, in one round trip. What was written is kept sealed; leaving it out of a change takes it back.
 *
 * @param givenAt when it was first given, ms
 * @throws Conflict when somebody else has rated meanwhile, or the matter is not done any more: read and decide again
 */
export async function keepRating(
  database: Database,
  { siteId, ticketId, legId, seq }: Completion,
  { level, tags, by, givenAt, written }: Rating & { by: GivenBy; givenAt: number; written: Locked | null },
  author: Author,
  { now, until }: { now: number; until: number },
): Promise<Rated> {
  const outcome: Rated = { until }
  try {
    const rows = await database.query(
      `with held as materialized (
         select case when $16::text is null then true else nuanhao.hold_key($10, $17, 'words', $16) end),
       kept as (
         insert into nuanhao.rating as r (leg_id, seq, site_id, day, service_id, counter_id, given_by, given_at, level, tags,
                                          key_id, nonce, sealed)
         select l.id, $2, l.site_id, t.day, l.service_id, l.counter_id, $3, $4, $5, $6, $7, $8, $9
           from held, nuanhao.leg l join nuanhao.ticket t on t.id = l.ticket_id
          where l.id = $1 and l.state = 'completed'
         on conflict (leg_id, seq) do update
           set level = excluded.level, tags = excluded.tags, key_id = excluded.key_id, nonce = excluded.nonce,
               sealed = excluded.sealed, read_at = null
           where r.given_by = excluded.given_by and r.given_at = excluded.given_at
         returning 1)
       insert into nuanhao.idempotency (site_id, principal, key, digest, outcome, at)
       select $10, $11, $12, $13, $14, $15 from kept returning 1`,
      [
        ...[legId, seq, by, givenAt, level, tags],
        ...[written?.keyId ?? null, written?.nonce ?? null, written?.sealed ?? null],
        ...[siteId, author.principal, author.key, author.digest, JSON.stringify(outcome), now],
        ...[written?.lock ?? null, ticketId],
      ],
    )
    if (rows.length === 0) throw new Conflict()
  } catch (error) {
    // The same key at the same moment: read again, it has been seen then.
    if ((error as { code?: string }).code === '23505') throw new Conflict()
    throw error
  }
  return outcome
}

/** Keeps a suggestion, one for each visit. @returns false when there is one already */
export async function keepSuggestion(
  { query }: Pick<Database, 'query'>,
  { siteId, ticketId }: Pick<RecordOf, 'siteId' | 'ticketId'>,
  { keyId, nonce, sealed, lock }: Locked,
  now: number,
): Promise<boolean> {
  const rows = await query(
    `with held as materialized (select nuanhao.hold_key($6, $1, 'words', $7))
     insert into nuanhao.suggestion (ticket_id, site_id, day, at, key_id, nonce, sealed)
     select t.id, t.site_id, t.day, $2, $3, $4, $5 from held, nuanhao.ticket t where t.id = $1
     on conflict (ticket_id) do nothing returning 1`,
    [ticketId, now, keyId, nonce, sealed, siteId, lock],
  )
  return rows.length > 0
}

/** What a supervisor reads: without a number, a counter or a person. */
export interface Said {
  kind: 'rating' | 'suggestion'
  at: number
  serviceId: string | null
  level: Level | null
  tags: string[]
  text: string | null
}

/** The words of a rating, as a field of what its resident wrote. */
export function fieldOfWords({ legId, seq }: Pick<Completion, 'legId' | 'seq'>): Field {
  return `rating ${legId} ${seq}`
}

/**
 * The low ratings, the written words and the suggestions of a day, earliest first. The reading is written down, and what was
 * read counts as read. [RATE6]
 */
export async function readSaid(
  database: Database,
  keys: Keys,
  { siteId, day, reader, now }: { siteId: string; day: string; reader: By; now: number },
): Promise<Said[]> {
  const rows = await database.query<
    Omit<Said, 'text'> & {
      ticketId: string
      legId: string
      seq: number
      dataKey: Sealed | null
      keyId: string | null
      nonce: string
      sealed: string
    }
  >(
    `with rated as (
       update nuanhao.rating r set read_at = coalesce(r.read_at, $4::bigint)
         from nuanhao.leg l
        where r.site_id = $1 and r.day = $2 and l.id = r.leg_id and (r.level <= 2 or r.sealed is not null)
          and exists (select 1 from nuanhao.interval i where i.leg_id = r.leg_id and i.seq = r.seq)
       returning 'rating' as kind, r.given_at as at, r.service_id as "serviceId", r.level, r.tags, l.ticket_id as "ticketId",
                 r.leg_id as "legId", r.seq, r.key_id as "keyId", r.nonce, r.sealed),
     suggested as (
       update nuanhao.suggestion s set read_at = coalesce(s.read_at, $4::bigint) where s.site_id = $1 and s.day = $2
       returning 'suggestion' as kind, s.at, null::text as "serviceId", null::smallint as level, '{}'::text[] as tags,
                 s.ticket_id as "ticketId", '' as "legId", 0::bigint as seq, s.key_id as "keyId", s.nonce, s.sealed),
     read as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject, reason)
       select $1, $4::bigint, $3, $5, 'feedback:read', $2, 'follow-up' where exists (select 1 from rated) or exists (select 1 from suggested))
     select said.*, nuanhao.data_key_of("ticketId", 'words') as "dataKey"
       from (select * from rated union all select * from suggested) said order by at`,
    [siteId, day, reader.principal, now, reader.origin ?? null],
  )
  return rows.map(({ ticketId, legId, seq, dataKey, keyId, nonce, sealed, ...said }) => {
    if (keyId === null) return { ...said, text: null }
    const field = said.kind === 'rating' ? fieldOfWords({ legId, seq }) : 'suggestion'
    const of = { siteId, ticketId, kept: 'words' } as const
    return { ...said, text: openField<Note>({ keyId, nonce, sealed }, field, of, dataKey, keys).text }
  })
}
