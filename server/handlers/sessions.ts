import type { PasswordRequest } from '#protocol/session.ts'
import { type Account, accountById } from '#store/accounts.ts'
import { areSame, hashPassword, verifyPassword } from '#store/password.ts'
import { changePassword, type Ending, endSessions, sessionsOf, sessionsOfSite } from '#store/sessions.ts'
import { beginAttempt, forgetAttempts } from '#store/sign-in-attempts.ts'
import { readSite } from '#store/sites.ts'
import type { Parts } from '../parts.ts'
import { weaknessOf } from '../passwords/weakness.ts'
import { SESSION_COOKIE } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

/** GET /sessions: where whoever asks is signed in. [SIGNIN6] */
export async function listOwnSessions({ principal, cookies }: Asked, { hall }: Parts): Promise<Answer> {
  const items = await sessionsOf(hall.database, principal.id, secretOf(cookies), hall.now())
  return { status: 200, body: { items } }
}

/** DELETE /sessions/:session: one of one's own ends. [SIGNIN6] */
export async function endOwnSession(asked: Asked<{ session: string }>, parts: Parts): Promise<Answer> {
  const { params, principal } = asked
  return endOne({ id: params.session, accountId: principal.id }, asked, parts)
}

/** DELETE /sessions: all of one's own but this one end. [SIGNIN6] */
export async function endOtherSessions(asked: Asked, parts: Parts): Promise<Answer> {
  await end({ accountId: asked.principal.id, but: secretOf(asked.cookies) }, asked, parts)
  return { status: 204 }
}

/** GET /sites/:site/sessions: where anybody of the hall is signed in. [SIGNIN7] */
export async function listHallSessions(asked: Asked<{ site: string }>, parts: Parts): Promise<Answer> {
  const { params, principal, cookies } = asked
  const { id } = await ownSite(principal, params.site, parts)
  const { hall } = parts
  return {
    status: 200,
    body: { items: await sessionsOfSite(hall.database, id, secretOf(cookies), hall.now()) },
  }
}

/** DELETE /sites/:site/sessions/:session [SIGNIN7] */
export async function endHallSession(
  asked: Asked<{ site: string; session: string }>,
  parts: Parts,
): Promise<Answer> {
  const { params, principal } = asked
  const { id: siteId } = await ownSite(principal, params.site, parts)
  return endOne({ id: params.session, siteId }, asked, parts)
}

/** POST /session/password: somebody chooses a password of their own. [SIGNIN5] */
export async function choosePassword(
  { body, principal, author, cookies }: Asked<unknown, unknown, PasswordRequest>,
  { hall, refusals }: Parts,
): Promise<Answer> {
  const account = await accountById(hall.database, principal.id)
  if (!account) throw new Fault('unauthenticated')
  const held = await beginAttempt(hall.database, account.username, hall.now())
  if (held > 0) throw new Fault('too-many', { seconds: Math.ceil(held / 1_000), of: 'name' })
  const wrong = async () => {
    await refusals.note({
      ...{ siteId: account.siteId, by: author, action: 'account:password' },
      ...{ subject: account.id, key: 'wrong-password' },
    })
    return new Fault('wrong-password')
  }
  if (!(await verifyPassword(body.current, account.passwordHash))) {
    // A screen that was not answered asks again, and what was the present one is not any more.
    if (await verifyPassword(body.password, account.passwordHash)) return chosen(account, hall)
    throw await wrong()
  }
  await forgetAttempts(hall.database.query, account.username)
  // What was said to be the present one is; to hash the new one for that would take as long again.
  if (areSame(body.password, body.current)) throw new Fault('same-password')
  const site = account.siteId === null ? null : await readSite(hall.database, account.siteId)
  const weakness = weaknessOf(body.password, [
    account.username,
    ...Object.values(account.name),
    ...(site ? [site.id, ...Object.values(site.name)] : []),
  ])
  if (weakness) throw new Fault(weakness)
  const change = {
    ...{ accountId: account.id, was: account.passwordHash },
    ...{ is: await hashPassword(body.password), token: secretOf(cookies) },
  }
  const hashes = await changePassword(hall.database, change, hall.now(), author)
  if (hashes === null) {
    // Somebody else was faster, unless it was this very choice.
    const now = await accountById(hall.database, principal.id)
    if (now && (await verifyPassword(body.password, now.passwordHash))) return chosen(account, hall)
    throw await wrong()
  }
  for (const hash of hashes) hall.hints.revoke(hash)
  return { status: 204 }
}

/** It is so already: nothing is to be done, and whoever knows the password of an account has guessed nothing. */
async function chosen({ username }: Pick<Account, 'username'>, { database }: Parts['hall']): Promise<Answer> {
  await forgetAttempts(database.query, username)
  return { status: 204 }
}

async function endOne(which: Ending, asked: Pick<Asked, 'author'>, parts: Parts): Promise<Answer> {
  if ((await end(which, asked, parts)) === 0) throw new Fault('unknown-session')
  return { status: 204 }
}

/** Ends sessions, and cuts their screens at once, everywhere. [SIGNIN8] @returns how many */
async function end(which: Ending, { author }: Pick<Asked, 'author'>, { hall }: Parts): Promise<number> {
  const hashes = await endSessions(hall.database, which, hall.now(), author)
  for (const hash of hashes) hall.hints.revoke(hash)
  return hashes.length
}

/** Of whoever has signed in. */
function secretOf(cookies: Record<string, string>): string {
  return cookies[SESSION_COOKIE] ?? ''
}
