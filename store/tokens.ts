import { createHash, createHmac, randomBytes } from 'node:crypto'

/** A secret for a session or a device: 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a secret: a copy of the database opens nothing. SHA-256, hex. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Letters of a ticket code: no 0/O, 1/I/L, so that it can be read aloud. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 16

/**
 * The code in a ticket's link: 16 letters, 79 bits. Made from the ticket's id with a secret, so a retried issue gives
 * the same link although only its hash is stored.
 */
export function ticketCode(ticketId: string, secret: Buffer): string {
  const bytes = createHmac('sha256', secret).update(`ticket:${ticketId}`).digest()
  let number = BigInt(`0x${bytes.toString('hex')}`)
  let code = ''
  for (let i = 0; i < CODE_LENGTH; i++) {
    code += ALPHABET[Number(number % BigInt(ALPHABET.length))]
    number /= BigInt(ALPHABET.length)
  }
  return code
}
