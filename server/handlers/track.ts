import { readBoards } from '#store/boards.ts'
import { readSite } from '#store/sites.ts'
import { ticketByCode, visitOf } from '#store/tickets.ts'
import type { Parts } from '../parts.ts'
import { TICKET_COOKIE } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ticketView } from '../ticket-view.ts'

/** A ticket's cookie outlives its day, ms. */
const COOKIE_LIFE = 24 * 3_600_000

/** GET /track/:code: the code of the link becomes a cookie, so that it is sent once and never again. [PHONE18] */
export async function track({ params }: Asked<{ code: string }>, { hall }: Parts): Promise<Answer> {
  const ticketId = await ticketByCode(hall.database, params.code, hall.now())
  const visit = ticketId ? await visitOf(hall.database, ticketId) : null
  if (!visit) throw new Fault('unknown-ticket')
  const boards = await readBoards(hall.database, visit.siteId)
  const site = await readSite(hall.database, visit.siteId)
  if (!boards || !site) throw new Fault('unknown-site')
  return {
    status: 200,
    body: ticketView(site, boards.staff, visit),
    cookies: [{ name: TICKET_COOKIE, value: params.code, maxAge: COOKIE_LIFE }],
  }
}
