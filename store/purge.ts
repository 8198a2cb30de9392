import { OPEN_STATES } from '#domain/transition.ts'
import { KEPT_FOR } from './data-dictionary.ts'
import type { Database } from './database.ts'
import { SESSION_IDLE } from './sessions.ts'

/** What is removed for good, and how many of each. */
export interface Purged {
  /** Visits whose confidences were found to go. */
  visits: number
  /** Care needs, accommodations and contacts. */
  confided: number
  /** What was said of materials. */
  checks: number
  /** Who residents are, where they showed it. */
  identities: number
  /** Keys of records: without its key nobody opens one. */
  dataKeys: number
  /** Notes from one member of staff to the next. */
  notes: number
  /** What was written beside ratings, and suggestions. */
  words: number
  /** Keys of commands that nobody will repeat any more. */
  keys: number
  sessions: number
  /** Names that nobody tries to sign in by any more. */
  attempts: number
  /** Rows that count a day's numbers. */
  counts: number
  /** Times a screen was absent. */
  absences: number
}

/** A site and the business days before which something of it goes. */
export interface SiteDays {
  siteId: string
  /** What residents confided on a day before this goes: today. */
  today: string
  /** What residents confided on a day before this goes even where their visit was never ended. */
  forgotten: string
  /** What residents wrote to the supervisor on a day before this goes. */
  written: string
  /** What counted the numbers of a day before this goes. */
  counted: string
}

/**
 * Removes what has had its time by the data dictionary, at most `most` of each kind, and writes down how many: all in one statement. Twice at once
 * removes nothing twice. [DATA4] [PURGE1] [PURGE2] [PURGE3] [PURGE4] [PURGE5]
 *
 * @param now ms
 */
export async function purgeSome(
  { query }: Pick<Database, 'query'>,
  sites: readonly SiteDays[],
  now: number,
  most: number,
): Promise<Purged> {
  const [row] = await query<{ purged: Purged }>(
    `with day as (select * from unnest($1::text[], $2::text[], $3::text[], $10::text[], $12::text[])
                as d (site_id, today, counted, written, forgotten)),
     over as (
       select t.id from nuanhao.ticket t join day d on d.site_id = t.site_id and t.day < d.today
        where t.id in (select ticket_id from nuanhao.private_record union select ticket_id from nuanhao.note
                       union select ticket_id from nuanhao.material_check union select ticket_id from nuanhao.identity
                       union select ticket_id from nuanhao.data_key where kept = 'visit')
          and (t.day < d.forgotten
               or not exists (select 1 from nuanhao.leg l where l.ticket_id = t.id and l.state = any ($4)))
        limit $8),
     confided as (delete from nuanhao.private_record where ticket_id in (select id from over) returning 1),
     checks as (delete from nuanhao.material_check where ticket_id in (select id from over) returning 1),
     identities as (delete from nuanhao.identity where ticket_id in (select id from over) returning 1),
     notes as (delete from nuanhao.note where ticket_id in (select id from over) returning 1),
     opened as (
       delete from nuanhao.data_key where kept = 'visit' and ticket_id in (select id from over) returning 1),
     opened_words as (
       delete from nuanhao.data_key k using nuanhao.ticket t join day d on d.site_id = t.site_id and t.day < d.written
        where k.kept = 'words' and k.ticket_id = t.id returning 1),
     beside as (
       update nuanhao.rating r set key_id = null, nonce = null, sealed = null from day d
        where r.site_id = d.site_id and r.day < d.written and r.sealed is not null returning 1),
     suggested as (
       delete from nuanhao.suggestion s using day d where s.site_id = d.site_id and s.day < d.written returning 1),
     keys as (
       delete from nuanhao.idempotency where (site_id, principal, key) in
         (select site_id, principal, key from nuanhao.idempotency where at < $5 order by at limit $8) returning 1),
     sessions as (
       delete from nuanhao.session where token_hash in
         (select token_hash from nuanhao.session where seen_at < $6 or created_at < $7 limit $8) returning 1),
     attempts as (delete from nuanhao.sign_in_attempt where at < $11 returning 1),
     numbers as (delete from nuanhao.lane_sequence q using day d
                  where q.site_id = d.site_id and q.day < d.counted returning 1),
     quotas as (delete from nuanhao.service_day q using day d
                 where q.site_id = d.site_id and q.day < d.counted returning 1),
     waiting as (delete from nuanhao.pairing where until < $9 returning 1),
     absences as (delete from nuanhao.device_absence where to_at < $5 returning 1),
     purged as (
       select (select count(*) from over) as visits, (select count(*) from confided) as confided, (select count(*) from checks) as checks,
              (select count(*) from identities) as identities,
              (select count(*) from opened) + (select count(*) from opened_words) as "dataKeys", (select count(*) from notes) as notes,
              (select count(*) from beside) + (select count(*) from suggested) as words,
              (select count(*) from keys) as keys, (select count(*) from sessions) as sessions,
              (select count(*) from attempts) as attempts,
              (select count(*) from numbers) + (select count(*) from quotas) as counts,
              (select count(*) from absences) as absences),
     told as (
       insert into nuanhao.audit (at, actor, action, reason)
       select $9, 'chore:purge', 'purged', to_jsonb(p)::text from purged p
        where confided + checks + identities + "dataKeys" + notes + words + keys + sessions + attempts + counts + absences > 0)
     select to_jsonb(p) as purged from purged p`,
    [
      sites.map(({ siteId }) => siteId),
      sites.map(({ today }) => today),
      sites.map(({ counted }) => counted),
      OPEN_STATES,
      now - KEPT_FOR['two-days'],
      now - SESSION_IDLE,
      now - KEPT_FOR.session,
      most,
      now,
      sites.map(({ written }) => written),
      now - KEPT_FOR.day,
      sites.map(({ forgotten }) => forgotten),
    ],
  )
  if (!row) throw new Error('the purge said nothing')
  return row.purged
}
