import type { FoundVisits, KeptAnswer, ResidentRequest } from '#protocol/api.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { rememberErased } from '#store/backup/erased-visits.ts'
import { eraseVisit, exportVisit, findVisits } from '#store/residents.ts'
import { legOfTicket } from '#store/tickets.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

type OfTicket = Asked<{ site: string; ticket: string }, unknown, ResidentRequest>

/** GET /sites/:site/visits?day=&number= : a resident says which number they had. [ERASE1] */
export async function listVisits(
  { params, query, principal }: Asked<{ site: string }, { day: string; number: string }>,
  parts: Parts,
): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  const wanted = { ...query, number: query.number.toUpperCase() }
  const items = await findVisits(parts.hall.database, id, wanted)
  return { status: 200, body: { items } satisfies FoundVisits }
}

/** POST /sites/:site/visits/:ticket/export: all that is kept of it; counted like what is revealed at a counter. [ERASE1] [REVEAL4] */
export async function exportOne(asked: OfTicket, parts: Parts): Promise<Answer> {
  const who = await asking(asked, parts)
  await parts.limits.revealing(asked.principal)
  const kept = await exportVisit(parts.hall.database, parts.keys, who)
  if (!kept) throw new Fault('unknown-ticket')
  return { status: 200, body: { kept } satisfies KeptAnswer }
}

/** POST /sites/:site/visits/:ticket/erase: what was confided and written with it, for good. [ERASE2] [BACKUP11] */
export async function eraseOne(asked: OfTicket, parts: Parts): Promise<Answer> {
  const who = await asking(asked, parts)
  const { database } = parts.hall
  const leg = await legOfTicket(database, who.ticketId)
  if (leg?.siteId !== who.siteId) throw new Fault('unknown-ticket')
  // Outside first: an id that is there twice does no harm, and one that is not there is brought back by a restore.
  const visit = { siteId: who.siteId, ticketId: who.ticketId, at: who.now }
  await rememberErased(auditKeeping(parts.environment).erased, visit).catch((error) =>
    parts.logger.error(
      { error, visit },
      'could not be written beside AUDIT_HEADS: erase it again after a restore',
    ),
  )
  const gone = await eraseVisit(database, parts.keys, who)
  return { status: 200, body: { gone: gone ?? 0 } }
}

async function asking({ params, principal, author, body }: OfTicket, parts: Parts) {
  const { id } = await ownSite(principal, params.site, parts)
  return { siteId: id, ticketId: params.ticket, by: author, ...body, now: parts.hall.now() }
}
