import type { GivenPassword } from '#protocol/session.ts'
import { accountsOfSite } from '#store/accounts.ts'
import { hashPassword, newPassword } from '#store/password.ts'
import { givePassword } from '#store/sessions.ts'
import { forgetAttempts } from '#store/sign-in-attempts.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

/** GET /sites/:site/accounts */
export async function listAccounts(
  { params, principal }: Asked<{ site: string }>,
  parts: Parts,
): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  return { status: 200, body: { items: await accountsOfSite(parts.hall.database, id) } }
}

/** POST /sites/:site/accounts/:account/password: somebody else's, who changes it first. [SIGNIN11] */
export async function giveNewPassword(
  { params, principal, author }: Asked<{ site: string; account: string }>,
  parts: Parts,
): Promise<Answer> {
  const { hall } = parts
  const { id: siteId } = await ownSite(principal, params.site, parts)
  if (params.account === principal.id) throw new Fault('forbidden')
  const password = newPassword()
  const given = { accountId: params.account, siteId, passwordHash: await hashPassword(password) }
  const whose = await givePassword(hall.database, given, hall.now(), author)
  if (!whose) throw new Fault('not-found')
  await forgetAttempts(hall.database.query, whose.username)
  for (const hash of whose.hashes) hall.hints.revoke(hash)
  return { status: 201, body: { password } satisfies GivenPassword }
}
