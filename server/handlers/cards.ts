import { servicesOf } from '#domain/already.ts'
import { businessDay } from '#domain/calendar.ts'
import { type CardMeaning, meaningOfCard, type ShownCard, ticketCodeIn } from '#domain/card.ts'
import { masked } from '#domain/identity.ts'
import type { Site } from '#domain/site.ts'
import { presentLeg } from '#domain/visit.ts'
import type { CardRequest, CardResponse, IssueRequest, IssueResponse, OwnTicket } from '#protocol/api.ts'
import { toPublicTicket } from '#protocol/public.ts'
import type { By } from '#store/audit.ts'
import { readBoards } from '#store/boards.ts'
import { keepOffered, markOf, ownLegs } from '#store/identity.ts'
import { legOfTicket, ticketByCode, visitOf } from '#store/tickets.ts'
import { ticketCode } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import { cardOfPass, passFor } from '../passes.ts'
import type { Principal } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ticketView } from '../ticket-view.ts'
import { ownSite } from './sites.ts'

/** POST /sites/:site/cards: what was held to a reader; of a card a pass, so that its number comes once. [IDENT3] [IDENT7] */
export async function showCard(
  { params, body, principal, author }: Asked<{ site: string }, unknown, CardRequest>,
  parts: Parts,
): Promise<Answer> {
  const site = await ownSite(principal, params.site, parts)
  const now = parts.hall.now()
  const code = ticketCodeIn(body.number)
  if (code !== null) return { status: 200, body: await ticketOfCode(code, site, now, parts) }
  const { need, identity } = meaningOfCard(site, body)
  const answer: CardResponse = {
    is: 'card',
    pass: passFor(body, principal, parts.keys, now),
    care: need !== null,
    identity: identity && masked(identity),
    own: identity ? await ownTickets(identity, site, author, parts) : [],
  }
  return { status: 200, body: answer }
}

/** What the card of an issue is good for, and the mark of its identity; null: none was shown. Refuses `unknown-card`, `wrong-identity`. */
export function cardOfIssue(
  asked: IssueRequest['card'],
  site: Site,
  principal: Principal,
  { hall, keys }: Parts,
): (CardMeaning & { mark: string | null }) | null {
  if (asked === undefined) return null
  const now = hall.now()
  const card: ShownCard | null = 'pass' in asked ? cardOfPass(asked.pass, principal, keys, now) : asked
  if (card === null) throw new Fault('unknown-card')
  const meaning = meaningOfCard(site, card)
  const { identity } = meaning
  return {
    ...meaning,
    mark: identity && markOf(identity, site.id, businessDay(now, site.timeZone), keys),
  }
}

/** A ticket of the site's own day as it stands, for whoever has it already. [TWICE4] */
export async function offeredBack(
  ticketId: string,
  site: Site,
  { hall, keys, publicUrl }: Parts,
): Promise<IssueResponse> {
  const boards = await readBoards(hall.database, site.id)
  const visit = await visitOf(hall.database, ticketId)
  const [first, ...rest] = visit?.legs ?? []
  if (!boards || !visit || !first) throw new Fault('unknown-ticket')
  const { ahead, wait } = ticketView(site, boards.staff, visit)
  return {
    ticket: toPublicTicket(presentLeg([first, ...rest])),
    trackUrl: publicUrl && `${publicUrl}/phone/#${ticketCode(ticketId, keys.codes)}`,
    ahead: ahead ?? 0,
    wait,
    print: null,
    already: true,
  }
}

async function ticketOfCode(code: string, site: Site, now: number, { hall }: Parts): Promise<CardResponse> {
  const ticketId = await ticketByCode(hall.database, code, now)
  const leg = ticketId === null ? null : await legOfTicket(hall.database, ticketId)
  const today = leg && businessDay(leg.arrivedAt, site.timeZone) === businessDay(now, site.timeZone)
  if (!leg || leg.siteId !== site.id || !today) throw new Fault('unknown-ticket')
  return { is: 'ticket', ticket: toPublicTicket(leg) }
}

async function ownTickets(
  identity: NonNullable<CardMeaning['identity']>,
  site: Site,
  by: By,
  parts: Parts,
): Promise<OwnTicket[]> {
  const { hall, keys } = parts
  const now = hall.now()
  const mark = markOf(identity, site.id, businessDay(now, site.timeZone), keys)
  const legs = await ownLegs(hall.database, site.id, mark)
  const own: OwnTicket[] = []
  for (const ticketId of new Set(legs.map((leg) => leg.ticketId))) {
    const ofTicket = legs.filter((leg) => leg.ticketId === ticketId)
    const services = servicesOf(ofTicket, site.rejoinWithin, now)
    if (services.length > 0) own.push({ ...(await offeredBack(ticketId, site, parts)), services })
  }
  const ticketIds = own.map(({ ticket }) => ticket.id)
  await keepOffered(hall.database, { siteId: site.id, ticketIds, by, now })
  return own
}
