import { type Books, dayOf, type KeptLeg, type Span } from './books.ts'

/** What somebody wrote down, ms. */
export interface Written {
  outcome: 'completed' | 'missed'
  calledAt: number
  startedAt: number | undefined
  endedAt: number | undefined
}

/** A leg with a call on paper in its history, and when the matter was over; or the refusal. [PAPER2] [PAPER3] */
export function entered(
  books: Books,
  leg: KeptLeg,
  counterId: string,
  { outcome, ...written }: Written,
): { leg: Partial<KeptLeg>; over: number } | string {
  const now = books.at()
  const times = [written.calledAt, written.startedAt, written.endedAt].filter((time) => time !== undefined)
  if (times.some((time) => time > now)) return 'time-ahead'
  if (times.some((time) => dayOf(time) !== dayOf(now))) return 'not-today'
  if (times.join() !== [...times].sort((a, b) => a - b).join()) return 'times-out-of-order'

  const since = leg.history.at(-1)?.from ?? 0
  const here = stays(books.legs).filter((stay) => stay.counterId === counterId)
  const elsewhere = stays(books.legs.filter(({ ticketId, id }) => ticketId === leg.ticketId && id !== leg.id))
  const itself = elsewhere.some(
    (stay) => stay.counterId === counterId && minuteOf(stay.from) === minuteOf(written.calledAt),
  )
  if (minuteOf(written.calledAt) < minuteOf(since)) return itself ? 'already-recorded' : 'not-there-yet'
  const ends = [since, ...[...here, ...elsewhere].map(({ to }) => to ?? 0)]
  const behind = ends.filter((end) => minuteOf(end) === minuteOf(written.calledAt))
  const calledAt = Math.max(written.calledAt, ...behind)
  const startedAt = written.startedAt === undefined ? null : Math.max(written.startedAt, calledAt)
  const over = Math.max(written.endedAt ?? calledAt, startedAt ?? calledAt)
  const meets = ({ from, to }: Span) => from < over && (to ?? Infinity) > calledAt
  if (here.some(meets)) return itself ? 'already-recorded' : 'counter-taken-then'
  if (elsewhere.some(meets)) return 'ticket-elsewhere-then'

  const seq = books.seq + 1
  const history = structuredClone(leg.history)
  const last = history.at(-1)
  if (last) last.to = calledAt
  const span = (state: string, from: number, to: number | null) => ({ state, from, to, seq, counterId })
  history.push(span('called', calledAt, startedAt ?? over))
  if (startedAt !== null) history.push(span('serving', startedAt, over))
  history.push(span(outcome, over, outcome === 'completed' ? over : null))
  const call = { calls: 1, callId: seq, callCounterId: counterId, calledAt, onPaper: true, againAt: null }
  const aside = { hold: null, holdOverdue: false }
  return { leg: { ...call, ...aside, state: outcome, counterId, startedAt, endedAt: over, history }, over }
}

/** Whether the latest call of a leg is this one, entered before. [PAPER11] */
export function isEntered(leg: KeptLeg, counterId: string, calledAt: number): boolean {
  return leg.onPaper && leg.callCounterId === counterId && minuteOf(leg.calledAt ?? 0) === minuteOf(calledAt)
}

/** The free time of a counter from `since` to now, earliest first, ms. */
export function freeTime(books: Books, counterId: string, since: number): [from: number, to: number][] {
  const here = stays(books.legs)
    .filter((stay) => stay.counterId === counterId && (stay.to ?? Infinity) > since)
    .sort((a, b) => a.from - b.from || (a.to ?? Infinity) - (b.to ?? Infinity))
  const free: [number, number][] = []
  let from = since
  for (const stay of here) {
    if (stay.from > from) free.push([from, stay.from])
    from = Math.max(from, stay.to ?? Infinity)
  }
  return from <= books.at() ? [...free, [from, books.at()]] : free
}

function stays(legs: readonly KeptLeg[]): Span[] {
  return legs.flatMap(({ history }) =>
    history.filter(({ state }) => state === 'called' || state === 'serving'),
  )
}

function minuteOf(time: number): number {
  return Math.floor(time / 60_000)
}
