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

/** What a member of staff leaves for whoever serves a ticket next. */
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

type Content = PrivateContent | Note | MaterialCheck | WebhookSecret | Identity | PassedCard

/** Seals a record with AES-256-GCM. The id of its ticket or webhook is authenticated, so it cannot be moved to another. */
export function seal(content: Content, ownerId: string, keys: Keys): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.current), nonce)
  cipher.setAAD(Buffer.from(ownerId))
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
export function unseal<T extends Content>({ keyId, nonce, sealed }: Sealed, ownerId: string, keys: Keys): T {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId), Buffer.from(nonce, 'base64'))
  decipher.setAAD(Buffer.from(ownerId))
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
