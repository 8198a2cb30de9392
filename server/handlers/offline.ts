import * as decide from '#domain/decide.ts'
import type { Site } from '#domain/site.ts'
import { execute } from '#line/execute.ts'
import type { OfflineRequest, OfflineResponse } from '#protocol/api.ts'
import { toPublicTicket } from '#protocol/public.ts'
import { contact } from '#store/contact.ts'
import { keysOfTicket } from '#store/private.ts'
import { ticketCode, tokenHash } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'

/**
 * POST /sites/:site/offline-tickets: a kiosk brings a ticket that it issued by itself, with the key of the visit. If the visit was
 * issued an ordinary number of which the kiosk did not hear, it is still one ticket. [OFFLINE8]
 */
export async function issueOffline(
  { params, body, principal, author }: Asked<{ site: string }, unknown, OfflineRequest>,
  { hall, keys }: Parts,
): Promise<Answer> {
  if (principal.kind !== 'kiosk' || principal.siteId !== params.site) throw new Fault('unknown-site')
  const { number, at, services, order = 'sequence', care = false, language } = body
  const id = crypto.randomUUID()
  const { dataKeys } = keysOfTicket(params.site, id, keys)
  const ticket = { id, codeHash: tokenHash(ticketCode(id, keys.codes)), language, private: null, dataKeys }
  // This is word of it: before, it may have been absent.
  await contact(hall.database, [principal.id], hall.now())
  const { committed } = await execute(
    hall,
    { siteId: params.site, kiosk: principal.id },
    author,
    (situation, now) => {
      const credit = care ? declaredCredit(situation.site) : 0
      const wanted = { kiosk: principal.name, number, at, services, order, credit, ticket }
      return decide.issueOffline(situation, wanted, now)
    },
  )
  if (!committed.leg) throw new Error('an offline issue without a leg')
  return { status: 201, body: { ticket: toPublicTicket(committed.leg) } satisfies OfflineResponse }
}

/** The head start of care that residents may declare, ms; none where the hall does not grant it so. [CARE2] */
function declaredCredit(site: Site): number {
  return site.careBy.includes('declared') ? site.careCredit : 0
}
