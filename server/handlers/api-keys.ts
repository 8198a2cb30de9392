import type { ApiKeyRequest } from '#protocol/api-key.ts'
import { apiKeysOf, insertApiKey, revokeApiKey } from '#store/api-keys.ts'
import { NameTaken } from '#store/devices.ts'
import { newApiKey } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { idOfTries } from '../tried-again.ts'
import { ownSite } from './sites.ts'

const DAY = 86_400_000

type OfSite = Asked<{ site: string }>

/** GET /sites/:site/api-keys */
export async function listApiKeys({ params, principal }: OfSite, parts: Parts): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  return { status: 200, body: { items: await apiKeysOf(parts.hall.database, id) } }
}

/** POST /sites/:site/api-keys: the key is in this answer and nowhere else. [APIKEY1] */
export async function makeApiKey(
  { params, body, principal, author }: Asked<{ site: string }, unknown, ApiKeyRequest>,
  parts: Parts,
): Promise<Answer> {
  const { database, now } = parts.hall
  const { id: siteId } = await ownSite(principal, params.site, parts)
  const { name, scopes, days } = body
  const secret = newApiKey()
  const at = now()
  const id = idOfTries(author.principal, author.key, author.digest)
  const wanted = { id, siteId, name, scopes, expiresAt: at + days * DAY }
  try {
    const apiKey = await insertApiKey(database, wanted, secret, at, author)
    return { status: 201, body: { apiKey, secret } }
  } catch (error) {
    throw error instanceof NameTaken ? new Fault('name-taken') : error
  }
}

/** DELETE /sites/:site/api-keys/:apiKey: good for nothing from now on, on every server. [APIKEY4] */
export async function removeApiKey(
  { params, principal, author }: Asked<{ site: string; apiKey: string }>,
  parts: Parts,
): Promise<Answer> {
  const { hall } = parts
  const { id } = await ownSite(principal, params.site, parts)
  const hash = await revokeApiKey(hall.database, id, params.apiKey, hall.now(), author)
  if (hash === null) throw new Fault('not-found')
  hall.hints.revoke(hash)
  return { status: 204 }
}
