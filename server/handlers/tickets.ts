import type { Change } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { Leg } from '#domain/leg.ts'
import type { Situation } from '#domain/site.ts'
import type { LegState } from '#domain/transition.ts'
import { expectedWait } from '#domain/wait.ts'
import { turnReason, why } from '#domain/why.ts'
import { execute } from '#line/execute.ts'
import type { IssueRequest, IssueResponse, WhyResponse } from '#protocol/api.ts'
import { toPublicTicket } from '#protocol/public.ts'
import { counterOfStaff } from '#store/accounts.ts'
import { seal } from '#store/private.ts'
import { legOfTicket, legsOfDay, waitingInLane } from '#store/tickets.ts'
import { ticketCode, tokenHash } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import type { Principal } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

type OfTicket = Asked<{ ticket: string }>

/** POST /sites/:site/tickets */
export async function issue(
  { params, body, principal, author }: Asked<{ site: string }, unknown, IssueRequest>,
  parts: Parts,
): Promise<Answer> {
  const { hall, keys, publicUrl } = parts
  if (principal.siteId !== params.site) throw new Fault('unknown-site')
  const { serviceId, care, accommodations, contact, language = 'zh-CN' } = body
  const id = crypto.randomUUID()
  const confided = {
    ...(care?.need && { need: care.need }),
    ...(accommodations && { accommodations }),
    ...(contact && { contact }),
  }
  const sealed = Object.keys(confided).length > 0 ? seal(confided, id, keys) : null
  const codeHash = tokenHash(ticketCode(id, keys.codes))
  const { committed, site } = await execute(hall, { siteId: params.site }, author, (situation, now) => {
    const ticket = { id, codeHash, language, private: sealed }
    return decide.issue(
      situation,
      { serviceId, care: care !== undefined, legId: crypto.randomUUID(), ticket },
      now,
    )
  })
  const { leg, ahead, open, free } = committed
  if (!leg || ahead === null) throw new Error('an issue without a leg')
  const minutes = site.services.find((service) => service.id === leg.serviceId)?.minutes ?? 0
  const answer: IssueResponse = {
    ticket: toPublicTicket(leg),
    trackUrl: publicUrl && `${publicUrl}/phone/#${ticketCode(leg.ticketId, keys.codes)}`,
    ahead,
    wait: expectedWait(ahead, open ?? 0, free ?? 0, minutes),
  }
  return { status: 201, body: answer }
}

/** GET /sites/:site/tickets?state=&number= : the day's tickets, by number. A kiosk finds one by its number. */
export async function listTickets(
  { params, query, principal }: Asked<{ site: string }, { state?: LegState; number?: string }>,
  parts: Parts,
): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  if (principal.kind !== 'staff' && query.number === undefined) throw new Fault('forbidden')
  const legs = await legsOfDay(parts.hall.database, id, query)
  return { status: 200, body: { items: principal.kind === 'staff' ? legs : legs.map(toPublicTicket) } }
}

/** GET /tickets/:id: staff see the leg with its turn, others only what is public of it. */
export async function getTicket({ params, principal }: OfTicket, parts: Parts): Promise<Answer> {
  const { siteId: _, ...leg } = await ownTicket(principal, params.ticket, parts)
  return { status: 200, body: { ticket: principal.kind === 'staff' ? leg : toPublicTicket(leg) } }
}

/** GET /tickets/:id/why: counts for everybody; credit and reason for staff. */
export async function getWhy({ params, principal }: OfTicket, parts: Parts): Promise<Answer> {
  const leg = await ownTicket(principal, params.ticket, parts)
  if (leg.state !== 'waiting') throw new Fault('not-waiting', { state: leg.state })
  const others = await waitingInLane(parts.hall.database, leg.siteId, leg.laneId)
  const answer: WhyResponse = { number: leg.number, ...why(leg, others) }
  if (principal.kind === 'staff') Object.assign(answer, { credit: leg.credit, reason: turnReason(leg) })
  return { status: 200, body: answer }
}

/** The ticket's leg, if the principal belongs to its site; a phone only its own ticket. */
async function ownTicket(
  principal: Principal,
  ticketId: string,
  { hall }: Parts,
): Promise<Leg & { siteId: string }> {
  const leg = await legOfTicket(hall.database, ticketId)
  const theirs = principal.kind === 'ticket' ? principal.id === ticketId : principal.siteId === leg?.siteId
  if (!leg || !theirs) throw new Fault('unknown-ticket')
  return leg
}

type OfBody<B> = Asked<{ ticket: string }, unknown, B>

/**
 * POST /tickets/:id/VERB: a command on a ticket. `decision` gets what was read, who acts, what was asked and the time;
 * `at` names a counter it happens at, where that is not the leg's own.
 */
export function verb<B = unknown>(
  decision: (situation: Situation, actor: decide.Actor, body: B, now: number) => Change,
  at: (body: B) => string | undefined = () => undefined,
): (asked: OfBody<B>, parts: Parts) => Promise<Answer> {
  return async ({ params, body, principal, author, version }, { hall }) => {
    if (principal.kind === 'ticket' && principal.id !== params.ticket) throw new Fault('unknown-ticket')
    const counterId = at(body)
    const about = { ticketId: params.ticket, ...(counterId !== undefined && { counterId }) }
    const { committed } = await execute(hall, about, author, (situation, now) => {
      if (principal.siteId !== situation.site.id) throw new Fault('unknown-ticket')
      if (version !== null && situation.leg && situation.leg.version !== version) {
        throw new Fault('stale', { version: situation.leg.version })
      }
      return decision(situation, actorOf(principal), body, now)
    })
    const { leg } = committed
    return { status: 200, body: { ticket: leg && principal.kind !== 'staff' ? toPublicTicket(leg) : leg } }
  }
}

/** POST /tickets/:id/transfer */
export async function transfer(
  asked: OfBody<{ to: { laneId: string } | { counterId: string } | { staffId: string } }>,
  parts: Parts,
): Promise<Answer> {
  const { to } = asked.body
  const destination =
    'staffId' in to
      ? { staffId: to.staffId, staffCounterId: await counterOfStaff(parts.hall.database, to.staffId) }
      : to
  const legId = crypto.randomUUID()
  return verb((situation, actor) => decide.transfer(situation, actor, destination, legId))(asked, parts)
}

/** The person behind a principal, as decisions see them. */
export function actorOf(principal: Principal): decide.Actor {
  if (principal.kind !== 'staff') return { staffId: null, supervises: false }
  return { staffId: principal.id, supervises: principal.role === 'supervisor' }
}
