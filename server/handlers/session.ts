import type { SessionView } from '#protocol/api.ts'
import type { Account } from '#store/accounts.ts'
import { accountById, accountByName, deleteSession, insertSession, SESSION_LIFE } from '#store/accounts.ts'
import { verifyPassword } from '#store/password.ts'
import { beginAttempt, forgetAttempts } from '#store/sign-in-attempts.ts'
import { newToken, tokenHash } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import { actionsOf } from '../policy.ts'
import { SESSION_COOKIE } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'

/** A hash nobody's password makes: signing in takes as long for an unknown name as for a wrong password. */
const NOBODY = `scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** POST /session */
export async function signIn(
  { body, author }: Asked<unknown, unknown, { username: string; password: string }>,
  { hall, refusals }: Parts,
): Promise<Answer> {
  const held = await beginAttempt(hall.database, body.username, hall.now())
  if (held > 0) throw new Fault('too-many', { seconds: Math.ceil(held / 1_000) })
  const account = await accountByName(hall.database, body.username)
  const right = await verifyPassword(body.password, account?.passwordHash ?? NOBODY)
  if (!account || !right) {
    // Never the name that was typed: it may be a password in the wrong field.
    await refusals.note({
      ...{ siteId: account?.siteId ?? null, by: author, action: 'session:opened' },
      ...{ subject: account?.id ?? null, key: 'wrong-credentials' },
    })
    throw new Fault('wrong-credentials')
  }
  await forgetAttempts(hall.database.query, body.username)
  const token = newToken()
  await insertSession(hall.database, token, account.id, hall.now(), author.origin)
  return {
    status: 200,
    body: view(account),
    cookies: [{ name: SESSION_COOKIE, value: token, maxAge: SESSION_LIFE }],
  }
}

/** GET /session */
export async function readSession({ principal }: Asked, { hall }: Parts): Promise<Answer> {
  const account = await accountById(hall.database, principal.id)
  if (!account) throw new Fault('unauthenticated')
  return { status: 200, body: view(account) }
}

/** DELETE /session */
export async function signOut({ cookies, author }: Asked, { hall }: Parts): Promise<Answer> {
  const token = cookies[SESSION_COOKIE]
  if (token) {
    await deleteSession(hall.database, token, hall.now(), author)
    hall.hints.revoke(tokenHash(token))
  }
  return { status: 204, cookies: [{ name: SESSION_COOKIE, value: '', maxAge: 0 }] }
}

function view({ id, username, name, role, siteId, counterId }: Account): SessionView {
  return { accountId: id, username, name, role, may: actionsOf(role), siteId, counterId }
}
