import type { Books, KeptLeg, Span } from './books.ts'

/** When it really was, ms. */
interface Real {
  startedAt: number | undefined
  endedAt: number | undefined
}

/**
 * A leg's history with its real times; null when these are out of order or overlap another ticket's at the counter.
 * [TIMES1]
 */
export function correct(
  books: Books,
  leg: KeptLeg,
  { startedAt, endedAt }: Real,
): { history: Span[]; times: Partial<KeptLeg> } | null {
  const now = books.at()
  if (leg.state === 'serving' && endedAt !== undefined) return null
  const history = structuredClone(leg.history)
  const done = history.find(({ state }) => state === 'completed')
  const calledAt = history.findLastIndex(({ state }) => state === 'called')
  const called = history[calledAt]
  const serving = history.findLast(({ state }, at) => state === 'serving' && at > calledAt)
  if (!called) return null
  const end = leg.state === 'completed' ? (endedAt ?? leg.endedAt ?? now) : now
  // A start before the last call was that of an earlier one.
  const start = startedAt ?? Math.max(leg.startedAt ?? 0, leg.calledAt ?? 0)
  if ((leg.calledAt ?? 0) > start || start > end || end > now) return null
  if (done && endedAt !== undefined) Object.assign(done, { from: endedAt, to: endedAt })
  const until = endedAt ?? (serving ?? called).to
  const begun = startedAt ?? serving?.from ?? null
  if (begun === null) called.to = until
  else {
    called.to = begun
    if (serving) Object.assign(serving, { from: begun, to: until })
    else {
      const { counterId } = leg
      history.splice(-1, 0, { state: 'serving', from: begun, to: until, seq: books.seq + 1, counterId })
    }
  }
  if (history.some(({ from, to }) => to !== null && to < from)) return null
  if (history.some(({ from }, at) => at > 0 && from < (history[at - 1]?.to ?? 0))) return null
  if (overlaps(books, leg, history)) return null
  return {
    history,
    times: { ...(startedAt !== undefined && { startedAt }), ...(endedAt !== undefined && { endedAt }) },
  }
}

/** Whether another ticket was at the counter at the same time. */
function overlaps(books: Books, leg: KeptLeg, history: Span[]): boolean {
  const here = (spans: Span[]) =>
    spans.filter(
      ({ state, counterId }) => counterId === leg.counterId && ['called', 'serving'].includes(state),
    )
  const others = books.legs.filter(({ id }) => id !== leg.id)
  return here(history).some((mine) =>
    others.some(({ history: theirs }) =>
      here(theirs).some((other) => other.from < (mine.to ?? Infinity) && (other.to ?? Infinity) > mine.from),
    ),
  )
}
