import type { SessionView } from '#protocol/api.ts'
import { type Account, accountById, accountByName } from '#store/accounts.ts'
import { COST, verifyPassword } from '#store/password.ts'
import { deleteSession, insertSession, SESSION_LIFE } from '#store/sessions.ts'
import { beginAttempt, forgetAttempts } from '#store/sign-in-attempts.ts'
import { newToken, tokenHash } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import { actionsOf } from '../policy.ts'
import { SESSION_COOKIE } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { sessionOrigin } from '../session-origin.ts'

/** A hash nobody's password makes: signing in takes as long for an unknown name as for a wrong password. */
const NOBODY = `scrypt$${COST}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** POST /session */
export async function signIn(
  asked: Asked<unknown, unknown, { username: string; password: string }>,
  parts: Parts,
): Promise<Answer> {
  const { body, author, cookies, agent, address } = asked
  const { hall, refusals } = parts
  const held = await beginAttempt(hall.database, body.username, hall.now())
  if (held > 0) throw new Fault('too-many', { seconds: Math.ceil(held / 1_000), of: 'name' })
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
  // Whoever used this browser before has left it: nothing of theirs stays open.
  await end(cookies[SESSION_COOKIE], author, parts)
  const token = newToken()
  const begins = {
    ...{ id: crypto.randomUUID(), token, accountId: account.id },
    origin: sessionOrigin(agent, address),
  }
  await insertSession(hall.database, begins, hall.now(), author.origin)
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
export async function signOut({ cookies, author }: Asked, parts: Parts): Promise<Answer> {
  await end(cookies[SESSION_COOKIE], author, parts)
  return { status: 204, cookies: [{ name: SESSION_COOKIE, value: '', maxAge: 0 }] }
}

async function end(
  token: string | undefined,
  by: Asked['author'],
  { hall }: Pick<Parts, 'hall'>,
): Promise<void> {
  if (!token) return
  await deleteSession(hall.database, token, hall.now(), by)
  hall.hints.revoke(tokenHash(token))
}

function view({ id, username, name, role, siteId, counterId, initial }: Account): SessionView {
  return {
    accountId: id,
    username,
    name,
    role,
    may: actionsOf(role),
    siteId,
    counterId,
    ...(initial && { initial }),
  }
}
