import type { Change, SealedNote } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { Leg } from '#domain/leg.ts'
import type { Localised } from '#domain/localised.ts'
import { OWN_BROWSER } from '#domain/printer.ts'
import type { Site, Situation } from '#domain/site.ts'
import type { LegState } from '#domain/transition.ts'
import { expectedWait } from '#domain/wait.ts'
import { turnReason } from '#domain/why.ts'
import { execute } from '#line/execute.ts'
import type { IssueRequest, IssueResponse, WhyResponse } from '#protocol/api.ts'
import type { PrintAnswer } from '#protocol/printing.ts'
import { toPublicTicket } from '#protocol/public.ts'
import type { About } from '#store/commit.ts'
import { lockField, withDataKey } from '#store/data-keys.ts'
import { sealIdentity } from '#store/identity.ts'
import { sealCheck } from '#store/preparation.ts'
import { firstPrint, printerStates } from '#store/print-jobs.ts'
import { keysOfTicket, sealField } from '#store/private.ts'
import { legOfTicket, legsOfDay } from '#store/tickets.ts'
import { ticketCode, tokenHash } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import { placeOf } from '../place.ts'
import { may } from '../policy.ts'
import type { Principal } from '../principal.ts'
import { printerBeside } from '../printing/ticket-slip.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { cardOfIssue, offeredBack } from './cards.ts'
import { firstState, printAnswer } from './printing.ts'
import { ownSite } from './sites.ts'

type OfTicket = Asked<{ ticket: string }>

/** POST /sites/:site/tickets. 201: issued. 200: whoever shows this identity has that ticket for it already. [TWICE1] */
export async function issue(
  { params, body, principal, author }: Asked<{ site: string }, unknown, IssueRequest>,
  parts: Parts,
): Promise<Answer> {
  const { hall, keys, publicUrl } = parts
  if (principal.siteId !== params.site) throw new Fault('unknown-site')
  const { serviceId, more, order, care, skill, contact, language = 'zh-CN' } = body
  const { accommodations = [], materials = [], paper = false } = body
  const settings = body.card && (await ownSite(principal, params.site, parts))
  const card = settings ? cardOfIssue(body.card, settings, principal, parts) : null
  const { identity = null, mark = null } = card ?? {}
  const id = crypto.randomUUID()
  const codeHash = tokenHash(ticketCode(id, keys.codes))
  const actor = actorOf(principal)
  const { visit, dataKeys } = keysOfTicket(params.site, id, keys)
  const states = paper ? await printerStates(hall.database, params.site) : null
  const about = { siteId: params.site, ...(mark !== null && { mark }) }
  const { committed, site } = await execute(hall, about, author, (situation, now) => {
    const granted = care
      ? decide.grantCare(situation.site, actor, { ...care, ...(card && { byCard: card.need }) })
      : null
    const confided = {
      ...(granted?.need && { need: granted.need }),
      ...(accommodations.length > 0 && { accommodations }),
      ...(contact && { contact }),
    }
    const sealed = Object.keys(confided).length > 0 ? sealField(confided, 'confided', visit) : null
    const checks = materials.map((check) => sealCheck(check, 'resident', visit))
    const ticket = {
      ...{ id, codeHash, language, private: sealed, dataKeys },
      ...(checks.length > 0 && { materials: checks }),
      ...(identity && mark !== null && { identity: sealIdentity(identity, mark, visit) }),
    }
    const matters = { serviceId, ...(more && { more }), ...(order && { order }), ...(skill && { skill }) }
    const printer = printerBeside(situation.site, principal, states)
    const print = printer && {
      printerId: printer.id,
      deviceId: principal.kind === 'kiosk' ? principal.id : null,
      state: firstState(printer, situation.site, [serviceId, ...(more ?? [])], language),
    }
    const credit = granted?.credit ?? 0
    const confidedToo = { accommodations, materials, credit, contact: contact !== undefined }
    return decide.issue(situation, { ...matters, ...confidedToo, ticket, print }, now)
  })
  const { leg, ahead, open, free, already } = committed
  if (leg && already) return { status: 200, body: await offeredBack(leg.ticketId, site, parts) }
  if (!leg || ahead === null) throw new Error('an issue without a leg')
  const minutes = site.services.find((service) => service.id === leg.serviceId)?.minutes ?? 0
  const answer: IssueResponse = {
    ticket: toPublicTicket(leg),
    trackUrl: publicUrl && `${publicUrl}/phone/#${ticketCode(leg.ticketId, keys.codes)}`,
    ahead,
    wait: expectedWait(ahead, open ?? 0, free ?? 0, minutes),
    print: paper || site.printers.length > 0 ? await printOf(leg.ticketId, site, parts) : null,
  }
  return { status: 201, body: answer }
}

/** The paper of a ticket that was just issued, if it has one. */
async function printOf(ticketId: string, site: Site, parts: Parts): Promise<PrintAnswer | null> {
  const job = await firstPrint(parts.hall.database, ticketId)
  const printer = [...site.printers, OWN_BROWSER].find(({ id }) => id === job?.printerId)
  return job && printer ? printAnswer(parts, site, printer, job) : null
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
  const answer: WhyResponse = { number: leg.number, ...(await placeOf(leg, parts)) }
  if (principal.kind === 'staff') Object.assign(answer, { credit: leg.credit, reason: turnReason(leg) })
  return { status: 200, body: answer }
}

/** The ticket's leg, if the principal belongs to its site; a phone only its own ticket. */
export async function ownTicket(
  principal: Principal,
  ticketId: string,
  { hall }: Parts,
): Promise<Leg & { siteId: string }> {
  const leg = await legOfTicket(hall.database, ticketId)
  const theirs = principal.kind === 'ticket' ? principal.id === ticketId : principal.siteId === leg?.siteId
  if (!leg || !theirs) throw new Fault('unknown-ticket')
  return leg
}

type OfBody<B> = Asked<{ ticket: string }, { leg?: string }, B>

/**
 * POST /tickets/:id/VERB: a command on a ticket. `decision` gets what was read, who acts, what was asked and the time;
 * `about` says more of what is to be read: a counter it happens at, where that is not the leg's own, or a person it names.
 */
export function verb<B = unknown>(
  decision: (situation: Situation, actor: decide.Actor, body: B, now: number) => Change,
  about: (body: B) => Omit<Extract<About, { ticketId: string }>, 'ticketId' | 'legId'> = () => ({}),
): (asked: OfBody<B>, parts: Parts) => Promise<Answer> {
  return async ({ params, query, body, principal, author, version }, { hall }) => {
    if (principal.kind === 'ticket' && principal.id !== params.ticket) throw new Fault('unknown-ticket')
    const leg = query.leg === undefined ? {} : { legId: query.leg }
    const { committed } = await execute(
      hall,
      { ticketId: params.ticket, ...leg, ...about(body) },
      author,
      (situation, now) => {
        if (principal.siteId !== situation.site.id) throw new Fault('unknown-ticket')
        if (version !== null && situation.leg && situation.leg.version !== version) {
          throw new Fault('stale', { version: situation.leg.version })
        }
        return decision(situation, actorOf(principal), body, now)
      },
    )
    const ticket = committed.leg
    return {
      status: 200,
      body: { ticket: ticket && principal.kind !== 'staff' ? toPublicTicket(ticket) : ticket },
    }
  }
}

/** POST /tickets/:id/transfer */
export async function transfer(
  asked: OfBody<{ to: { laneId: string } | { counterId: string } | { staffId: string }; note?: string }>,
  parts: Parts,
): Promise<Answer> {
  const { to, note } = asked.body
  const send = (sealed: SealedNote | null) =>
    verb<unknown>(
      (situation, actor) => decide.transfer(situation, actor, to, sealed),
      () => ('staffId' in to ? { staffId: to.staffId } : {}),
    )(asked, parts)
  if (note === undefined) return send(null)
  const { params, principal } = asked
  const of = { siteId: principal.siteId ?? '', ticketId: params.ticket, kept: 'visit' } as const
  const answer = await withDataKey(parts.hall.database, of, parts.keys, (key) => {
    const id = crypto.randomUUID()
    return send({ id, ...lockField({ text: note }, `note ${id}`, key) })
  })
  if (!answer) throw new Fault('unknown-ticket')
  return answer
}

/** POST /sites/:site/send-home: whoever is still inside is told why they are not served any more. [CLOSE2] */
export async function sendHome(
  { params, body, principal, author }: Asked<{ site: string }, unknown, { note: Localised }>,
  { hall }: Parts,
): Promise<Answer> {
  if (principal.siteId !== params.site) throw new Fault('unknown-site')
  const { committed } = await execute(hall, { siteId: params.site, inside: true }, author, (situation, now) =>
    decide.sendHome(situation, body.note, now),
  )
  return { status: 200, body: { seq: committed.seq } }
}

/** The person behind a principal, as decisions see them. */
export function actorOf(principal: Principal): decide.Actor {
  if (principal.kind !== 'staff') return { staffId: null, supervises: false }
  return { staffId: principal.id, supervises: may(principal, 'operate-any-counter') }
}
