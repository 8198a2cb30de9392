import type { Change } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { Situation } from '#domain/site.ts'
import { execute, executeCall } from '#line/execute.ts'
import { lastActions } from '#store/actions.ts'
import type { Parts } from '../parts.ts'
import { principalName } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { actorOf } from './tickets.ts'

type OfCounter = Asked<{ counter: string }>

/** POST /counters/:counter/open|close|pause */
export function change<B = unknown>(
  decision: (situation: Situation, actor: decide.Actor, body: B) => Change,
): (asked: Asked<{ counter: string }, unknown, B>, parts: Parts) => Promise<Answer> {
  return async ({ params, body, principal, author, version }, { hall }) => {
    const { committed } = await execute(hall, { counterId: params.counter }, author, (situation) => {
      if (principal.siteId !== situation.site.id) throw new Fault('unknown-counter')
      if (version !== null && situation.counter && situation.counter.version !== version) {
        throw new Fault('stale', { version: situation.counter.version })
      }
      return decision(situation, actorOf(principal), body)
    })
    return { status: 200, body: { counter: committed.counter } }
  }
}

/** POST /counters/:counter/call-next → {ticket}; null when nobody waits. */
export async function callNext({ params, principal, author }: OfCounter, { hall }: Parts): Promise<Answer> {
  const { committed } = await executeCall(
    hall,
    principal.siteId ?? '',
    params.counter,
    author,
    (situation, now) => {
      if (principal.siteId !== situation.site.id) throw new Fault('unknown-counter')
      return decide.callNext(situation, actorOf(principal), now)
    },
  )
  return { status: 200, body: { ticket: committed.leg } }
}

/** GET /counters/:counter/actions [TRAIL1] */
export async function getActions({ params, principal }: OfCounter, { hall }: Parts): Promise<Answer> {
  const items = await lastActions(
    hall.database,
    principal.siteId ?? '',
    params.counter,
    principalName(principal),
  )
  if (!items) throw new Fault('unknown-counter')
  return { status: 200, body: { items } }
}

/** POST /counters/:counter/undo: what the counter did last is taken back. */
export async function undo(
  { params, body, principal, author }: Asked<{ counter: string }, unknown, { seq?: number }>,
  { hall }: Parts,
): Promise<Answer> {
  const about = { counterId: params.counter, undo: true } as const
  const { committed } = await execute(hall, about, author, (situation, now) => {
    if (principal.siteId !== situation.site.id) throw new Fault('unknown-counter')
    return decide.undo(situation, actorOf(principal), now, body.seq)
  })
  return { status: 200, body: { ticket: committed.leg } }
}
