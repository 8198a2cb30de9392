import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** A secret for a session or a device: 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** By this a key of a program is told from a screen's token, and found by whoever searches for secrets that got lost. */
const API_KEY = 'nuanhao_'

/** A secret for a program of the hall. [APIKEY1] */
export function newApiKey(): string {
  return API_KEY + newToken()
}

/** Whether a secret is a program's, or would be. */
export function isApiKey(secret: string): boolean {
  return secret.startsWith(API_KEY)
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

/** Six letters for a person to type, 29 bits: `K7M-3QX`. [PAIR3] */
export function pairingCode(): string {
  const letters = Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)])
  return `${letters.slice(0, 3).join('')}-${letters.slice(3).join('')}`
}

/** What the database keeps of such a code, however it was typed: keyed, for six letters are soon tried. HMAC-SHA256, hex. */
export function codeHash(code: string, secret: Buffer): string {
  const letters = code.replaceAll('-', '').toUpperCase()
  return createHmac('sha256', secret).update(`pairing:${letters}`).digest('hex')
}

/** Whether two hashes are the same, in constant time. */
export function sameHash(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

/** The token that follows a device's token: the same however often it is asked for, so no answer can be lost. [PAIR6] */
export function nextToken(deviceId: string, hash: string, secret: Buffer): string {
  return createHmac('sha256', secret).update(`device:${deviceId}:${hash}`).digest('base64url')
}
