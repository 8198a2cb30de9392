import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Accommodation, CareNeed } from '#domain/care.ts'
import type { Sealed } from '#domain/change.ts'
import type { Identity } from '#domain/identity.ts'
import type { MaterialCheck } from '#domain/materials.ts'
import type { Keys } from '#settings/key-file.ts'

/** What a resident told us that is nobody else's business. */
export interface PrivateContent {
  need?: CareNeed
  accommodations?: Accommodation[]
  contact?: { name?: string; phone?: string }
}

/** What a member of staff leaves for whoever serves a ticket next, and what residents write. */
export interface Note {
  text: string
}

/** What signs the messages of a webhook. */
export interface WebhookSecret {
  secret: string
}

/** A card that was held to a reader of a screen, and until when it may be spoken of, ms. */
export interface PassedCard {
  number: string
  name?: string
  until: number
}

/** A ticket as a screen has drawn it, while it waits for the printer: deflated, base64. */
export interface DrawnPaper {
  picture: string
}

/** What is sealed in a record of a visit. */
export type Confided = PrivateContent | Note | MaterialCheck | Identity

/**
 * A record: what is kept of one resident's visit, for the same time. `visit`: what was confided for the counter, until the day is
 * over; `words`: what was written to the supervisor, a week longer. Each has a data key of its own; without it nobody opens it.
 */
export interface RecordOf {
  siteId: string
  ticketId: string
  kept: 'visit' | 'words'
}

/** What is sealed of a record: no two of one record have the same name. */
export type Field =
  | 'confided'
  | 'identity'
  | 'suggestion'
  | `materials ${string} ${'resident' | 'counter'}`
  | `note ${string}`
  | `rating ${string} ${number}`

/** A record's data key, in the clear, and wrapped by a key of `KEY_FILE` as the database keeps it. */
export interface DataKey {
  of: RecordOf
  key: Buffer
  wrapped: Sealed
}

/** Stands in a row for the id of a key: the record's own data key. No key of `KEY_FILE` has this id. */
const OWN = 'own'

/** A data key nobody has used yet. */
export function newDataKey(of: RecordOf, keys: Keys): DataKey {
  const key = randomBytes(32)
  return { of, key, wrapped: wrap(key, of, keys) }
}

/** The keys of a new ticket's records. They are made with it, so that a word that is refused later leaves none. [FUZZ2] */
export function keysOfTicket(
  siteId: string,
  ticketId: string,
  keys: Keys,
): { visit: DataKey; dataKeys: (Sealed & { kept: RecordOf['kept'] })[] } {
  const visit = newDataKey({ siteId, ticketId, kept: 'visit' }, keys)
  const words = newDataKey({ siteId, ticketId, kept: 'words' }, keys)
  return { visit, dataKeys: [visit, words].map(({ of, wrapped }) => ({ kept: of.kept, ...wrapped })) }
}

/**
 * Opens a data key. Throws Error when the key of `KEY_FILE` is missing, or the wrapped one was changed or is another record's.
 */
export function openDataKey(wrapped: Sealed, of: RecordOf, keys: Keys): DataKey {
  return { of, key: decipher(wrapped, keyOf(keys, wrapped.keyId), ofKey(of)), wrapped }
}

/** The same data key, wrapped by the current key of `KEY_FILE`; what it has sealed is not touched. [SEAL3] */
export function rewrapped(wrapped: Sealed, of: RecordOf, keys: Keys): Sealed {
  return wrap(openDataKey(wrapped, of, keys).key, of, keys)
}

/** Seals a field of a record with its data key. Site, record and field are authenticated: nothing can be moved. [SEAL1] [SEAL2] */
export function sealField(content: Confided, field: Field, { of, key }: DataKey): Sealed {
  return encipher(Buffer.from(JSON.stringify(content)), OWN, key, ofField(of, field))
}

/**
 * Opens a field of a record.
 *
 * @param wrapped the record's data key; null when there is none
 * @throws Error when a key is missing, or what was sealed was changed or moved
 */
export function openField<T extends Confided>(
  sealed: Sealed,
  field: Field,
  of: RecordOf,
  wrapped: Sealed | null,
  keys: Keys,
): T {
  if (sealed.keyId !== OWN) return json(decipher(sealed, keyOf(keys, sealed.keyId), before(field, of)))
  if (!wrapped) throw new Error('a record without its data key')
  return json(decipher(sealed, openDataKey(wrapped, of, keys).key, ofField(of, field)))
}

/** What is sealed on its own. */
type Apart = WebhookSecret | PassedCard | DrawnPaper

/** Seals what belongs to no visit with the current key of `KEY_FILE`. The owner is authenticated. */
export function seal(content: Apart, owner: string, keys: Keys): Sealed {
  return encipher(Buffer.from(JSON.stringify(content)), keys.current, keyOf(keys, keys.current), owner)
}

/**
 * Opens what belongs to no visit.
 *
 * @throws Error when the key is missing, or what was sealed was changed or is another owner's
 */
export function unseal<T extends Apart>(sealed: Sealed, owner: string, keys: Keys): T {
  return json(decipher(sealed, keyOf(keys, sealed.keyId), owner))
}

function wrap(key: Buffer, of: RecordOf, keys: Keys): Sealed {
  return encipher(key, keys.current, keyOf(keys, keys.current), ofKey(of))
}

function ofKey({ siteId, ticketId, kept }: RecordOf): string {
  return JSON.stringify(['data key', siteId, ticketId, kept])
}

function ofField({ siteId, ticketId, kept }: RecordOf, field: Field): string {
  return JSON.stringify([siteId, ticketId, kept, field])
}

/** What was authenticated before records had keys of their own, when a key of `KEY_FILE` sealed each field. */
function before(field: Field, { ticketId }: RecordOf): string {
  const [kind = '', id = ''] = field.split(' ')
  if (kind === 'materials') return `${ticketId} ${id}`
  if (kind === 'identity') return `${ticketId} identity`
  if (kind === 'rating' || kind === 'suggestion') return `${kind} ${ticketId}`
  return ticketId
}

function encipher(clear: Buffer, keyId: string, key: Buffer, authenticated: string): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(authenticated))
  const sealed = Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()])
  return { keyId, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

function decipher({ nonce, sealed }: Sealed, key: Buffer, authenticated: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(authenticated))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
}

function json<T>(clear: Buffer): T {
  return JSON.parse(clear.toString('utf8'))
}

/** A key by its id; where the file has changed since it was read, as it is now. */
function keyOf(keys: Keys, id: string): Buffer {
  if (!Object.hasOwn(keys.keys, id)) keys.reread?.()
  const key = Object.hasOwn(keys.keys, id) ? keys.keys[id] : undefined
  if (!key) throw new Error(`KEY_FILE has no key ${id}`)
  return key
}
