import type { EventType, Sealed } from '#domain/change.ts'
import type { DeliveryFault } from '#protocol/webhook.ts'
import type { Keys } from '#settings/key-file.ts'
import type { By } from './audit.ts'
import type { Database } from './database.ts'
import { seal, unseal, type WebhookSecret } from './private.ts'

/** A webhook as its administrators see it: the secret is not here. */
export interface WebhookView {
  id: string
  url: string
  /** The events it is told; null: all. */
  events: EventType[] | null
  /** It is told what happens. Switched off by itself after days of failure, or when the receiver said it is gone. */
  active: boolean
  /** The last event it was told, or that was none of its business. */
  sentSeq: number
  /** In a row, up to now. */
  failures: number
  /** Not tried before, ms; 0: at once. */
  nextAt: number
  /** A test was asked for and is not sent yet. */
  testing: boolean
  /** When it was tried last, ms; and if that failed, why, and with what HTTP status if there was an answer. */
  lastAt: number | null
  lastStatus: number | null
  lastError: DeliveryFault | null
  createdAt: number
}

/** A webhook that one worker has for itself until `claimedUntil`. */
export interface ClaimedWebhook {
  id: string
  siteId: string
  url: string
  secret: string
  events: EventType[] | null
  active: boolean
  sentSeq: number
  failures: number
  failingSince: number | null
  testAt: number | null
  /** Also the name of the claim: another worker's would be another. */
  claimedUntil: number
}

/** What became of telling; what is left out stays. */
export interface Told {
  sentSeq?: number
  active?: boolean
  failures?: number
  failingSince?: number | null
  nextAt?: number
  /** Only null: the test was sent. */
  testAt?: null
  lastAt?: number
  lastStatus?: number | null
  lastError?: DeliveryFault | null
}

const VIEW = `w.id, w.url, w.events, w.active, w.sent_seq as "sentSeq", w.failures, w.next_at as "nextAt",
  w.test_at is not null as testing, w.last_at as "lastAt", w.last_status as "lastStatus", w.last_error as "lastError",
  w.created_at as "createdAt"`

export interface NewWebhook {
  id: string
  siteId: string
  url: string
  events: EventType[] | null
  secret: string
}

/** Writes a webhook that is told everything from now on, with an audit row. */
export async function insertWebhook(
  database: Database,
  { id, siteId, url, events, secret }: NewWebhook,
  keys: Keys,
  now: number,
  by: By,
): Promise<WebhookView> {
  const { keyId, nonce, sealed } = seal({ secret }, sealedFor(id), keys)
  const [row] = await database.query<WebhookView>(
    `with w as (
       insert into nuanhao.webhook (id, site_id, url, events, key_id, nonce, sealed, sent_seq, created_at)
       select $1, s.id, $3, $4, $5, $6, $7, s.seq, $8 from nuanhao.site s where s.id = $2 returning *),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject) values ($2, $8, $9, $10, 'webhook:added', $1))
     select ${VIEW} from w`,
    [id, siteId, url, events, keyId, nonce, sealed, now, by.principal, by.origin ?? null],
  )
  if (!row) throw new Error('no webhook was written')
  return row
}

/** The webhooks of a site, oldest first. */
export function webhooksOf(database: Database, siteId: string): Promise<WebhookView[]> {
  return database.query<WebhookView>(
    `select ${VIEW} from nuanhao.webhook w where w.site_id = $1 order by w.created_at, w.id`,
    [siteId],
  )
}

/** Removes a webhook, with an audit row. @returns whether the site had it */
export async function deleteWebhook(
  database: Database,
  siteId: string,
  id: string,
  now: number,
  by: By,
): Promise<boolean> {
  const rows = await database.query(
    `with gone as (delete from nuanhao.webhook where id = $2 and site_id = $1 returning id)
     insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
     select $1, $3, $4, $5, 'webhook:removed', id from gone returning 1`,
    [siteId, id, now, by.principal, by.origin ?? null],
  )
  return rows.length > 0
}

/** Asks for a test, which a worker sends as it sends everything. @returns null if the site has no such webhook */
export async function askForTest(
  database: Database,
  siteId: string,
  id: string,
  now: number,
): Promise<WebhookView | null> {
  const [row] = await database.query<WebhookView>(
    `update nuanhao.webhook w set test_at = $3 where w.id = $2 and w.site_id = $1 returning ${VIEW}`,
    [siteId, id, now],
  )
  return row ?? null
}

/** Ids of the webhooks that have something to be told, may be tried, and are nobody's; longest due first. */
export async function dueWebhooks({ query }: Database, now: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select w.id from nuanhao.webhook w join nuanhao.site s on s.id = w.site_id
      where w.claimed_until <= $1
        and (w.test_at is not null or (w.active and w.next_at <= $1 and s.seq > w.sent_seq))
      order by w.next_at, w.id`,
    [now],
  )
  return rows.map(({ id }) => id)
}

/** Takes a webhook for oneself; null when another worker has it, or it is gone. [HOOK3] */
export async function claimWebhook(
  { query }: Database,
  id: string,
  keys: Keys,
  now: number,
  until: number,
): Promise<ClaimedWebhook | null> {
  const [row] = await query<Omit<ClaimedWebhook, 'secret'> & Sealed>(
    `update nuanhao.webhook set claimed_until = $3 where id = $1 and claimed_until <= $2
     returning id, site_id as "siteId", url, events, active, sent_seq as "sentSeq", failures,
               failing_since as "failingSince", test_at as "testAt", claimed_until as "claimedUntil",
               key_id as "keyId", nonce, sealed`,
    [id, now, until],
  )
  if (!row) return null
  const { keyId, nonce, sealed, ...webhook } = row
  return { ...webhook, secret: unseal<WebhookSecret>({ keyId, nonce, sealed }, sealedFor(id), keys).secret }
}

/** The columns of what became of telling. */
const COLUMNS: Record<keyof Told, string> = {
  sentSeq: 'sent_seq',
  active: 'active',
  failures: 'failures',
  failingSince: 'failing_since',
  nextAt: 'next_at',
  testAt: 'test_at',
  lastAt: 'last_at',
  lastStatus: 'last_status',
  lastError: 'last_error',
}

/**
 * Writes down what became of telling, in the row and in `webhook`, and keeps the claim until `until`; 0 gives it up.
 *
 * @returns whether it still was this worker's; if not, nothing is written and the other one goes on
 */
export async function noteTold(
  { query }: Pick<Database, 'query'>,
  webhook: ClaimedWebhook,
  told: Told,
  until: number,
): Promise<boolean> {
  const given = Object.entries(told) as [keyof Told, unknown][]
  const sets = given.map(([name], at) => `, ${COLUMNS[name]} = $${at + 4}`)
  const rows = await query(
    `update nuanhao.webhook set claimed_until = $3${sets.join('')} where id = $1 and claimed_until = $2 returning id`,
    [webhook.id, webhook.claimedUntil, until, ...given.map(([, value]) => value)],
  )
  if (rows.length === 0) return false
  Object.assign(webhook, told, { claimedUntil: until })
  return true
}

/** The audit row of a webhook that was switched off by itself. Runs inside the caller's transaction. */
export async function noteSwitchedOff(
  query: Database['query'],
  { id, siteId }: ClaimedWebhook,
  reason: DeliveryFault,
  now: number,
): Promise<void> {
  await query(
    `insert into nuanhao.audit (site_id, at, actor, action, subject, reason)
     values ($1, $2, 'chore:deliver-webhooks', 'webhook:switched-off', $3, $4)`,
    [siteId, now, id, reason],
  )
}

/** Seals the secrets anew that an older key of `KEY_FILE` has sealed. [SEAL3] @returns how many */
export async function resealSecrets({ query }: Pick<Database, 'query'>, keys: Keys): Promise<number> {
  const old = await query<Sealed & { id: string }>(
    'select id, key_id as "keyId", nonce, sealed from nuanhao.webhook where key_id <> $1',
    [keys.current],
  )
  for (const { id, ...before } of old) {
    const { keyId, nonce, sealed } = seal(
      unseal<WebhookSecret>(before, sealedFor(id), keys),
      sealedFor(id),
      keys,
    )
    await query(
      'update nuanhao.webhook set key_id = $2, nonce = $3, sealed = $4 where id = $1 and sealed = $5',
      [id, keyId, nonce, sealed, before.sealed],
    )
  }
  return old.length
}

/** What the seal is bound to: a secret cannot be moved to another webhook. */
function sealedFor(id: string): string {
  return `webhook:${id}`
}
