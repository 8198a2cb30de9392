import type { Change } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { Situation } from '#domain/site.ts'
import { execute, executeCall } from '#line/execute.ts'
import type { PadRequest, PadResponse, PadVerb } from '#protocol/device.ts'
import { legsOfDay } from '#store/tickets.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'

const VERBS: Record<Exclude<PadVerb, 'call-next'>, (situation: Situation, actor: decide.Actor) => Change> = {
  recall: decide.recall,
  start: decide.start,
  complete: decide.complete,
  'no-show': decide.noShow,
}

/** POST /counters/:counter/pad/:verb: for whoever sits at the pad's counter. [PAD1] [PAD2] [PAD3] */
export async function pressPad(
  { params, body, principal, author }: Asked<{ counter: string; verb: PadVerb }, unknown, PadRequest>,
  { hall }: Parts,
): Promise<Answer> {
  const { counter, verb } = params
  if (principal.kind !== 'pad' || principal.place?.counter !== counter) throw new Fault('counter-not-yours')
  const { siteId } = principal
  if (verb === 'call-next') {
    const { committed } = await executeCall(hall, siteId, counter, author, (situation, now) =>
      forSitter(situation, siteId, (actor) => decide.callNext(situation, actor, now)),
    )
    return { status: 200, body: { number: committed.leg?.number ?? null } satisfies PadResponse }
  }
  const [shown] = body.number === null ? [] : await legsOfDay(hall.database, siteId, { number: body.number })
  if (!shown) throw new Fault('stale')
  const { committed } = await execute(hall, { ticketId: shown.ticketId }, author, (situation) => {
    const { leg, atCounter } = situation
    const lies = leg !== null && leg.counterId === counter && atCounter?.id === leg.id
    if (!lies || (body.calls ?? leg.calls) !== leg.calls) throw new Fault('stale')
    return forSitter(situation, siteId, (actor) => VERBS[verb](situation, actor))
  })
  const there = committed.leg?.state === 'called' || committed.leg?.state === 'serving'
  const number = there ? (committed.leg?.number ?? null) : null
  return { status: 200, body: { number } satisfies PadResponse }
}

/** What whoever sits at the counter decides; the audit says for whom it was. [PAD2] */
function forSitter(
  { counter, site }: Situation,
  siteId: string,
  decision: (actor: decide.Actor) => Change,
): Change {
  if (!counter || site.id !== siteId) throw new Fault('counter-not-yours')
  const { staffId } = counter
  if (staffId === null) throw new Fault('nobody-at-counter')
  return { reason: `for:staff:${staffId}`, ...decision({ staffId, supervises: false }) }
}
