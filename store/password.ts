import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's recommendation for scrypt: N = 2^17, r = 8, p = 1 (128 MiB). Here the exponent; r and p never change. */
export const COST = 17
const FIXED: ScryptOptions = { r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const LENGTH = 32
/** Letters of a made-up password: easy to read and type. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Makes up a password; 12 letters are 59 bits. */
export function newPassword(letters = 12): string {
  return Array.from({ length: letters }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/**
 * Hashes a password with a salt of its own: `scrypt$cost$salt$hash`, in base64url. What it cost is kept with it, so that
 * another cost can be asked for later, and who has signed in until then still can.
 *
 * @param cost the logarithm of N: one more takes twice as long, and twice the memory
 */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return `scrypt$${cost}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Whether `password` made `stored`. Takes the same time for every wrong answer. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parts = stored.split('$')
  // Before its cost was kept with it, a hash had three parts.
  const [scheme, cost, salt, hash] = parts.length === 3 ? [parts[0], COST, parts[1], parts[2]] : parts
  if (scheme !== 'scrypt' || !salt || !hash) throw new Error('unknown password hash')
  const expected = Buffer.from(hash, 'base64url')
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), Number(cost)), expected)
}

/** Whether two passwords are the same to whoever types them. */
export function areSame(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(password: string): string {
  return password.normalize('NFKC')
}

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...FIXED, N: 2 ** cost }
    scrypt(plain(password), salt, LENGTH, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
