import { expect, it } from 'vitest'
import { COST, hashPassword, verifyPassword } from './password.ts'

/** As it was written before a hash said what it had cost: N = 2^17, r = 8, p = 1. */
const BEFORE = 'scrypt$AAAAAAAAAAAAAAAAAAAAAA$SkqCSpfmD6byiZZRjEllr67NrDntGbd5GPqiKG7FVHk'

it('[SIGNIN1] a password is hashed at the cost that OWASP recommends, which its hash says', async () => {
  const hash = await hashPassword('a long password')
  expect(COST).toBe(17)
  expect(hash).toMatch(/^scrypt\$17\$[\w-]{22}\$[\w-]{43}$/)
  expect(await verifyPassword('a long password', hash)).toBe(true)
  expect(await verifyPassword('a long passwore', hash)).toBe(false)
  expect(await hashPassword('a long password')).not.toBe(hash)
})

it('[SIGNIN1] whoever has a hash of another cost, or of before, still signs in', async () => {
  expect(await verifyPassword('a long password', await hashPassword('a long password', 10))).toBe(true)
  expect(await verifyPassword('a long password', BEFORE)).toBe(true)
  expect(await verifyPassword('another password', BEFORE)).toBe(false)
  await expect(verifyPassword('a long password', 'plain$a long password')).rejects.toThrow(
    'unknown password hash',
  )
})
