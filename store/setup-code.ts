import { randomInt, timingSafeEqual } from 'node:crypto'
import type { By } from './audit.ts'
import type { Database } from './database.ts'
import { tokenHash } from './tokens.ts'

/** Letters of a code: no 0/O, 1/I/L, so that it can be read aloud. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const GROUPS = 4
const LETTERS = 5
/** Several servers print a code each; one nobody used ends after this, ms. */
const LIFE = 24 * 3_600_000

/** Whether nobody can sign in yet: then, and only then, one administrator is made by a code. [SETUP1] */
export async function awaitsSetup(database: Database): Promise<boolean> {
  const [row] = await database.query<{ none: boolean }>(
    'select not exists (select 1 from nuanhao.account) as none',
  )
  return row?.none ?? false
}

/**
 * Makes a one-time code of 20 letters (99 bits), `ABCDE-FGHJK-MNPQR-STUVW`, and keeps its hash.
 *
 * @param alone whether this process is the hall's only server: then codes of earlier starts end
 */
export async function makeSetupCode(database: Database, now: number, alone: boolean): Promise<string> {
  const group = () => Array.from({ length: LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const code = Array.from({ length: GROUPS }, group).join('-')
  await database.query('delete from nuanhao.setup_code where $1 or made_at < $2', [alone, now - LIFE])
  await database.query('insert into nuanhao.setup_code (code_hash, made_at) values ($1, $2)', [
    hashOf(code),
    now,
  ])
  return code
}

/** Whether the code is one of those that were printed. Takes the same time for every wrong answer. */
export async function isSetupCode(database: Database, code: string, now: number): Promise<boolean> {
  const rows = await database.query<{ hash: string }>(
    'select code_hash as hash from nuanhao.setup_code where made_at >= $1',
    [now - LIFE],
  )
  const asked = Buffer.from(hashOf(code))
  return rows.filter(({ hash }) => timingSafeEqual(Buffer.from(hash), asked)).length > 0
}

/**
 * Makes the first administrator, once, whoever else asks at the same moment.
 *
 * @returns false when there is somebody already
 */
export async function makeFirstAdministrator(
  database: Database,
  account: { id: string; username: string; name: string; passwordHash: string },
  now: number,
  { origin }: Pick<By, 'origin'>,
): Promise<boolean> {
  const { id, username, name, passwordHash } = account
  return database.transaction(async (query) => {
    await query('lock table nuanhao.account in share row exclusive mode')
    const made = await query(
      `insert into nuanhao.account (id, username, name, role, password_hash, managed)
       select $1, $2, $3::jsonb, 'administrator', $4, false
        where not exists (select 1 from nuanhao.account) returning id`,
      [id, username, JSON.stringify({ 'zh-CN': name, en: name }), passwordHash],
    )
    if (made.length === 0) return false
    await query('delete from nuanhao.setup_code')
    await query(
      `insert into nuanhao.audit (at, actor, origin, action, subject)
       values ($1, 'setup-code', $3, 'setup:administrator', $2)`,
      [now, id, origin ?? null],
    )
    return true
  })
}

/** However it is typed: small letters, and spaces for hyphens or nothing. */
function hashOf(code: string): string {
  return tokenHash(code.toUpperCase().replace(/[\s-]/g, ''))
}
