import type { Leg } from '#domain/leg.ts'
import { type MaterialCheck, materialCheck } from '#domain/materials.ts'
import { AT_COUNTER } from '#domain/transition.ts'
import type { MaterialsResponse, NotesResponse, PreparationResponse } from '#protocol/api.ts'
import { staffAt } from '#store/accounts.ts'
import type { Reading } from '#store/audit.ts'
import { readNotes } from '#store/notes.ts'
import { keepFound, readPreparation } from '#store/preparation.ts'
import { readSite } from '#store/sites.ts'
import type { Parts } from '../parts.ts'
import { may } from '../policy.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownTicket } from './tickets.ts'

type OfTicket<B = unknown> = Asked<{ ticket: string }, unknown, B>

/** GET /tickets/:id/notes: for whoever operates the counter the ticket is at, and for supervisors. [NOTE1] */
export async function getNotes(asked: OfTicket, parts: Parts): Promise<Answer> {
  const { reading } = await atOwnCounter(asked, parts)
  const items = await readNotes(parts.hall.database, parts.keys, reading)
  return { status: 200, body: { items } satisfies NotesResponse }
}

/** GET /tickets/:id/preparation: for the same. [CHECK4] [PREPARE3] */
export async function getPreparation(asked: OfTicket, parts: Parts): Promise<Answer> {
  const { reading } = await atOwnCounter(asked, parts)
  const found = await readPreparation(parts.hall.database, parts.keys, reading)
  return { status: 200, body: found satisfies PreparationResponse }
}

/**
 * POST /tickets/:id/materials: what the counter found of the materials of the present matter. It says all there is to say,
 * so saying it twice is saying it once. [CHECK5]
 */
export async function checkMaterials(
  asked: OfTicket<MaterialCheck & { serviceId: string }>,
  parts: Parts,
): Promise<Answer> {
  const { leg, reading } = await atOwnCounter(asked, parts)
  const { hall, keys } = parts
  const site = await readSite(hall.database, leg.siteId)
  const service = site?.services.find(({ id }) => id === asked.body.serviceId)
  if (!service) throw new Fault('unknown-service')
  // The console shows another matter than the one that is at the counter now.
  if (service.id !== leg.serviceId) throw new Fault('not-at-counter')
  const { here, missing } = materialCheck(service, asked.body)
  const { reader: author, ...where } = reading
  const check = await keepFound(
    hall.database,
    keys,
    { ...where, author },
    { serviceId: service.id, here, missing },
  )
  return { status: 200, body: { check } satisfies MaterialsResponse }
}

/** What was confided for the counter is for whoever operates the one the ticket is at, and for supervisors. */
async function atOwnCounter(asked: OfTicket, parts: Parts): Promise<AtCounter> {
  return atCounter(asked, parts, may(asked.principal, 'operate-any-counter'))
}

interface AtCounter {
  leg: Leg & { siteId: string }
  reading: Reading
}

/** @param anywhere whether also for whoever does not sit where the ticket is; refuses `not-at-counter` */
export async function atCounter(
  { params, principal, author }: OfTicket,
  parts: Parts,
  anywhere: boolean,
): Promise<AtCounter> {
  const { hall } = parts
  const leg = await ownTicket(principal, params.ticket, parts)
  const here = (AT_COUNTER as readonly string[]).includes(leg.state) && leg.counterId !== null
  const sitting = here ? await staffAt(hall.database, leg.counterId ?? '') : null
  if (sitting !== principal.id && !anywhere) throw new Fault('not-at-counter')
  const { siteId } = leg
  return {
    leg,
    reading: { siteId, ticketId: params.ticket, reader: author, now: hall.now() },
  }
}
