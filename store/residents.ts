import type { Sealed } from '#domain/change.ts'
import type { RecognisedBy } from '#domain/reveal.ts'
import type { Keys } from '#settings/key-file.ts'
import { type By, note } from './audit.ts'
import type { Database, Query } from './database.ts'
import { type Confided, type Field, keysOfTicket, openField, type RecordOf } from './private.ts'
import { fieldOfWords } from './rating.ts'

/** One visit, as somebody finds it who was there. */
export interface FoundVisit {
  ticketId: string
  day: string
  number: string
  /** Whether anything is kept that was confided or written. */
  confided: boolean
}

/** A row of what is kept: its columns, without its seal, and what was sealed in it, opened. */
export type KeptRow = Record<string, unknown>

/** All that is kept of one visit, by table. */
export type KeptOfVisit = Record<string, KeptRow[]>

/** A supervisor does something with all of a visit because its resident asks for it. */
export interface Asking {
  siteId: string
  ticketId: string
  by: By
  recognisedBy: RecognisedBy
  /** ms */
  now: number
}

/** The visit of a day that had a number; none, or the one. */
export async function findVisits(
  { query }: Pick<Database, 'query'>,
  siteId: string,
  { day, number }: { day: string; number: string },
): Promise<FoundVisit[]> {
  return query<FoundVisit>(
    `select t.id as "ticketId", t.day, t.number,
            exists (select 1 from nuanhao.private_record p where p.ticket_id = t.id)
            or exists (select 1 from nuanhao.identity i where i.ticket_id = t.id)
            or exists (select 1 from nuanhao.material_check m where m.ticket_id = t.id)
            or exists (select 1 from nuanhao.note n where n.ticket_id = t.id)
            or exists (select 1 from nuanhao.suggestion s where s.ticket_id = t.id)
            or exists (select 1 from nuanhao.rating r join nuanhao.leg l on l.id = r.leg_id
                        where l.ticket_id = t.id and r.sealed is not null) as confided
       from nuanhao.ticket t where t.site_id = $1 and t.day = $2 and t.number = $3`,
    [siteId, day, number],
  )
}

const OF_TICKET = 't.ticket_id = $1'
const OF_LEGS = 't.leg_id in (select id from nuanhao.leg where ticket_id = $1)'

/** Where rows of one visit are, and of what record a row's seal is a field. */
const TABLES: Record<string, { of: string; field?: (row: KeptRow) => Field; kept?: RecordOf['kept'] }> = {
  ticket: { of: 't.id = $1' },
  leg: { of: OF_TICKET },
  interval: { of: OF_LEGS },
  private_record: { of: OF_TICKET, field: () => 'confided' },
  identity: { of: OF_TICKET, field: () => 'identity' },
  material_check: {
    of: OF_TICKET,
    field: ({ service_id, said_by }) => `materials ${service_id} ${said_by as 'resident' | 'counter'}`,
  },
  note: { of: OF_TICKET, field: ({ id }) => `note ${id}` },
  rating: {
    of: OF_LEGS,
    field: ({ leg_id, seq }) => fieldOfWords({ legId: String(leg_id), seq: Number(seq) }),
    kept: 'words',
  },
  suggestion: { of: OF_TICKET, field: () => 'suggestion', kept: 'words' },
  print_job: { of: OF_TICKET },
  // That something happened, and when. What it says is what the other rows say, and of others beside.
  event: {
    of: `exists (select 1 from nuanhao.audit a
                  where a.subject = $1 and a.site_id = t.site_id and a.seq = t.seq and a.at = t.at - t.shifted)`,
  },
  // What was done with it and what for; which person did it is not the resident's.
  audit: { of: 't.subject = $1' },
}
/** Columns that are nothing to their resident: seals, checks that lead back to nothing, who works here, and what names other tickets. */
const INNER = [
  'key_id',
  'nonce',
  'sealed',
  'code_hash',
  'mark',
  'picture',
  'prev',
  'hash',
  'actor',
  'origin',
  'author',
  'assigned_staff_id',
  'payload',
  'undo',
]

/**
 * All that is kept of one visit, opened, for its resident. It is written down before anything is given back. [ERASE1]
 *
 * @returns null when the site has no such ticket
 */
export async function exportVisit(
  database: Database,
  keys: Keys,
  { siteId, ticketId, by, recognisedBy, now }: Asking,
): Promise<KeptOfVisit | null> {
  const tickets = await database.query('select 1 from nuanhao.ticket where id = $1 and site_id = $2', [
    ticketId,
    siteId,
  ])
  if (tickets.length === 0) return null
  await note(database, {
    siteId,
    at: now,
    by,
    action: 'resident:exported',
    subject: ticketId,
    reason: recognisedBy,
  })
  const wrapped = new Map<string, Sealed>()
  for (const { kept, ...key } of await database.query<Sealed & { kept: string }>(
    'select kept, key_id as "keyId", nonce, wrapped as sealed from nuanhao.data_key where ticket_id = $1',
    [ticketId],
  )) {
    wrapped.set(kept, key)
  }
  const all: KeptOfVisit = {}
  for (const [table, { of, field, kept = 'visit' }] of Object.entries(TABLES)) {
    const rows = await database.query<{ row: KeptRow }>(
      `select to_jsonb(t) as row from nuanhao.${table} t where ${of}`,
      [ticketId],
    )
    all[table] = rows.map(({ row }) => {
      const shown = Object.fromEntries(Object.entries(row).filter(([name]) => !INNER.includes(name)))
      if (!field || typeof row.sealed !== 'string') return shown
      const sealed = { keyId: String(row.key_id), nonce: String(row.nonce), sealed: row.sealed }
      const record = { siteId, ticketId, kept }
      return {
        ...shown,
        said: openField<Confided>(sealed, field(row), record, wrapped.get(kept) ?? null, keys),
      }
    })
  }
  return all
}

/**
 * Removes what one resident confided and wrote, and puts new keys in the place of those it was sealed with: no row and no later backup
 * opens it, and an open ticket goes on. What counts the visit stays, without who it was, and so do all chains. A second time removes
 * nothing and leaves no second row. [ERASE2]
 *
 * @returns how many rows went; null when the site has no such ticket
 */
export async function eraseVisit(
  { transaction }: Pick<Database, 'transaction'>,
  keys: Keys,
  { recognisedBy, ...asking }: Asking,
): Promise<number | null> {
  return transaction((query) => eraseWithin(query, keys, { ...asking, reason: recognisedBy }))
}

/** The same within a transaction, for a reason of the program's too: what a backup did not know of is erased again. [BACKUP11] */
export async function eraseWithin(
  query: Query,
  keys: Keys,
  { siteId, ticketId, by, reason, now }: Omit<Asking, 'recognisedBy'> & { reason: RecognisedBy | 'restored' },
): Promise<number | null> {
  // What is being written with the old keys is there first, and goes too; what comes later finds them gone. [ERASE3]
  await query('select 1 from nuanhao.site where id = $1 for update', [siteId])
  const [row] = await query<{ known: boolean; gone: number }>(ERASE, [
    ...[ticketId, siteId, now, by.principal],
    ...[JSON.stringify(keysOfTicket(siteId, ticketId, keys).dataKeys), by.origin ?? null, reason],
  ])
  return row?.known ? Number(row.gone) : null
}

const ERASE = `with t as (select id from nuanhao.ticket where id = $1 and site_id = $2),
     confided as (delete from nuanhao.private_record where ticket_id in (select id from t) returning 1),
     identities as (delete from nuanhao.identity where ticket_id in (select id from t) returning 1),
     checks as (delete from nuanhao.material_check where ticket_id in (select id from t) returning 1),
     notes as (delete from nuanhao.note where ticket_id in (select id from t) returning 1),
     suggested as (delete from nuanhao.suggestion where ticket_id in (select id from t) returning 1),
     beside as (
       update nuanhao.rating set key_id = null, nonce = null, sealed = null
        where sealed is not null and leg_id in (select l.id from nuanhao.leg l join t on t.id = l.ticket_id) returning 1),
     gone as (
       select (select count(*) from confided) + (select count(*) from identities) + (select count(*) from checks)
            + (select count(*) from notes) + (select count(*) from suggested) + (select count(*) from beside) as rows),
     destroyed as (
       update nuanhao.data_key k set key_id = f."keyId", nonce = f.nonce, wrapped = f.sealed
         from jsonb_to_recordset($5::jsonb) as f (kept text, "keyId" text, nonce text, sealed text)
        where k.ticket_id in (select id from t) and k.kept = f.kept and (select rows from gone) > 0),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject, reason)
       select $2, $3, $4, $6, 'resident:erased', $1, $7 from gone where rows > 0)
     select exists (select 1 from t) as known, rows as gone from gone`
