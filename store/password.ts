import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's recommendation for scrypt: N = 2^17, r = 8, p = 1 (128 MiB). */
const COST: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const LENGTH = 32
/** Letters of a made-up password: easy to read and type. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Makes up a password; 12 letters are 59 bits. */
export function newPassword(letters = 12): string {
  return Array.from({ length: letters }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** Hashes a password with a salt of its own: `scrypt$salt$hash`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return `scrypt$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Whether `password` made `stored`. Takes the same time for every wrong answer. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, salt, hash] = stored.split('$')
  if (scheme !== 'scrypt' || !salt || !hash) throw new Error('unknown password hash')
  const expected = Buffer.from(hash, 'base64url')
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url')), expected)
}

/** Whether two passwords are the same to whoever types them. */
export function areSame(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(password: string): string {
  return password.normalize('NFKC')
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(plain(password), salt, LENGTH, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
