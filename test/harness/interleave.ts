import { randomUUID } from 'node:crypto'
import { businessDay } from '#domain/calendar.ts'
import type { Change } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { Situation } from '#domain/site.ts'
import { type About, type Committed, Conflict, commit, readSituation } from '#store/commit.ts'
import type { OwnHall } from './own-hall.ts'

/** What interleave() gives where versions are compared: of two that were decided on the same, one happens. */
export const HELD = ['called', 'conflict', 'missed', 'conflict']
/** What it gives where they are not: both happen. */
export const RACED = ['called', 'called', 'missed', 'completed']

/**
 * Twice two commands that were decided on the same state and are committed one after the other: two calls at one
 * counter, then no-show and complete of the ticket. Embedded, clients cannot bring this about: one thread answers one
 * command after another.
 *
 * @returns the state each led to, or Conflict
 */
export async function interleave({ database, grand, running }: OwnHall): Promise<unknown[]> {
  const { now } = running.parts.hall
  const clerk = { staffId: 'clerk-g2', supervises: false }
  const decideOn = async (about: About, decision: (situation: Situation, now: number) => Change) => {
    const key = randomUUID()
    const author = { principal: 'chore:test', key, digest: key }
    const { situation } = await readSituation(database, about, author)
    const at = Math.max(now(), situation.clock)
    const change = decision(situation, at)
    return () =>
      commit(database, situation.site, change, author, at, businessDay(at, situation.site.timeZone))
  }
  const open = await decideOn({ counterId: 'g2' }, (situation) => decide.openCounter(situation, clerk))
  await open()
  for (const id of [randomUUID(), randomUUID()]) {
    const issue = await decideOn({ siteId: grand.siteId }, (situation, at) => {
      const ticket = { id, codeHash: id, language: 'zh-CN', private: null } as const
      return decide.issue(situation, { serviceId: 'residence-permit', credit: 0, ticket }, at)
    })
    await issue()
  }

  const callNext = (situation: Situation, at: number) => decide.callNext(situation, clerk, at)
  const calls = [await decideOn({ counterId: 'g2' }, callNext), await decideOn({ counterId: 'g2' }, callNext)]
  const called = await inTurn(calls)
  const [first] = called
  if (first === undefined || first === 'conflict' || !first.leg) throw new Error('nobody was called')
  const { ticketId } = first.leg
  const ends = [
    await decideOn({ ticketId }, (situation) => decide.noShow(situation, clerk)),
    await decideOn({ ticketId }, (situation) => decide.complete(situation, clerk)),
  ]
  return [...called, ...(await inTurn(ends))].map((one) => (one === 'conflict' ? one : one.leg?.state))
}

async function inTurn(commits: (() => Promise<Committed>)[]): Promise<(Committed | 'conflict')[]> {
  const outcomes: (Committed | 'conflict')[] = []
  for (const tryIt of commits) {
    try {
      outcomes.push(await tryIt())
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      outcomes.push('conflict')
    }
  }
  return outcomes
}
