import { randomBytes } from 'node:crypto'
import type { EventType } from '#domain/change.ts'
import { isAllowedHost, leadsOutside } from '#settings/reach.ts'
import { askForTest, deleteWebhook, insertWebhook, webhooksOf } from '#store/webhooks.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

type OfWebhook = Asked<{ site: string; webhook: string }>

/** GET /sites/:site/webhooks */
export async function listWebhooks(
  { params, principal }: Asked<{ site: string }>,
  parts: Parts,
): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  return { status: 200, body: { items: await webhooksOf(parts.hall.database, id) } }
}

/** POST /sites/:site/webhooks: the secret that signs is in this answer and nowhere else. [HOOK6] */
export async function addWebhook(
  {
    params,
    body,
    principal,
    author,
  }: Asked<{ site: string }, unknown, { url: string; events: EventType[] | null }>,
  parts: Parts,
): Promise<Answer> {
  const { hall, environment, keys } = parts
  const { id: siteId } = await ownSite(principal, params.site, parts)
  const url = new URL(body.url)
  if (!isAllowedHost(url, environment.WEBHOOK_ALLOW) && !(await leadsOutside(url))) {
    throw new Fault('address-refused')
  }
  const id = crypto.randomUUID()
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const wanted = { id, siteId, url: url.href, events: body.events, secret }
  const webhook = await insertWebhook(hall.database, wanted, keys, hall.now(), author)
  return { status: 201, body: { webhook, secret } }
}

/** DELETE /sites/:site/webhooks/:webhook */
export async function removeWebhook({ params, principal, author }: OfWebhook, parts: Parts): Promise<Answer> {
  const { database, now } = parts.hall
  const { id } = await ownSite(principal, params.site, parts)
  if (!(await deleteWebhook(database, id, params.webhook, now(), author))) {
    throw new Fault('not-found')
  }
  return { status: 204 }
}

/** POST /sites/:site/webhooks/:webhook/test: a worker sends it, the way everything goes; the webhook then says how it went. */
export async function testWebhook({ params, principal }: OfWebhook, parts: Parts): Promise<Answer> {
  const { database, now } = parts.hall
  const { id } = await ownSite(principal, params.site, parts)
  const webhook = await askForTest(database, id, params.webhook, now())
  if (!webhook) throw new Fault('not-found')
  return { status: 202, body: { webhook } }
}
