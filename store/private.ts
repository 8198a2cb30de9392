import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Accommodation, CareNeed } from '#domain/care.ts'
import type { NewTicket } from '#domain/change.ts'
import type { Keys } from '#settings/key-file.ts'

/** What a resident told us that is nobody else's business. */
export interface PrivateContent {
  need?: CareNeed
  accommodations?: Accommodation[]
  contact?: { name?: string; phone?: string }
}

type Sealed = NonNullable<NewTicket['private']>

/** Seals a record with AES-256-GCM. The ticket's id is authenticated, so a record cannot be moved to another ticket. */
export function seal(content: PrivateContent, ticketId: string, keys: Keys): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.current), nonce)
  cipher.setAAD(Buffer.from(ticketId))
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify(content), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  return { keyId: keys.current, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

/**
 * Opens a sealed record.
 *
 * @throws Error when the key is missing or the record was changed
 */
export function unseal({ keyId, nonce, sealed }: Sealed, ticketId: string, keys: Keys): PrivateContent {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId), Buffer.from(nonce, 'base64'))
  decipher.setAAD(Buffer.from(ticketId))
  decipher.setAuthTag(bytes.subarray(-16))
  return JSON.parse(
    Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8'),
  )
}

function keyOf(keys: Keys, id: string): Buffer {
  const key = keys.keys[id]
  if (!key) throw new Error(`KEY_FILE has no key ${id}`)
  return key
}
