import { hashPassword } from '#store/password.ts'
import { awaitsSetup, isSetupCode, makeFirstAdministrator } from '#store/setup-code.ts'
import type { Parts } from '../parts.ts'
import { weaknessOf } from '../passwords/weakness.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'

/** How often the code may be tried, within a minute. */
const TRIES = 10
const WITHIN = 60_000

/** When the code was tried last, at each server of this process. */
const tries = new WeakMap<Parts, number[]>()

/** POST /setup: the code that the start printed makes one administrator, while nobody can sign in. [SETUP2] */
export async function setUp(
  {
    body,
    author,
  }: Asked<unknown, unknown, { code: string; username: string; password: string; name: string }>,
  parts: Parts,
): Promise<Answer> {
  const { database, now } = parts.hall
  countTry(parts)
  if (!(await awaitsSetup(database))) throw new Fault('already-set-up')
  if (!(await isSetupCode(database, body.code, now()))) {
    await parts.refusals.note({ siteId: null, by: author, action: 'setup:administrator', key: 'wrong-code' })
    throw new Fault('wrong-code')
  }
  const { username, name } = body
  const weakness = weaknessOf(body.password, [username, name])
  if (weakness) throw new Fault(weakness)
  const account = {
    id: crypto.randomUUID(),
    username,
    name,
    passwordHash: await hashPassword(body.password),
  }
  if (!(await makeFirstAdministrator(database, account, now(), author))) throw new Fault('already-set-up')
  return { status: 201, body: { username } }
}

function countTry(parts: Parts): void {
  const now = parts.hall.now()
  const recent = (tries.get(parts) ?? []).filter((at) => now - at < WITHIN)
  if (recent.length >= TRIES) throw new Fault('too-many')
  tries.set(parts, [...recent, now])
}
