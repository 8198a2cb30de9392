import type { RecordRequest, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Facts, hourMinute } from '#ui/i18n.ts'
import { type Leg, legAt, type Person, supervises } from '../model.ts'
import { minuteOf } from '../times.ts'

/** A row as it is typed: what was written on paper. Times are `HH:MM`; `8:05` and `805` are read, too. */
export interface Draft {
  number: string
  called: string
  started: string
  done: string
  /** Nobody came. */
  missed: boolean
}
export type Field = 'number' | 'called' | 'started' | 'done'

export const EMPTY: Draft = { number: '', called: '', started: '', done: '', missed: false }

/** What is wrong with a row, and in which field: an error of the server that can be foreseen, or a word of the page's own. */
export type Fault = { field: Field } & (
  | { error: ErrorKey; facts: Facts }
  | { word: 'entry-number' | 'entry-unknown' | 'entry-entered' | 'entry-time' }
  | { word: 'entry-at-counter'; facts: { number: string } }
)

/** What a row is checked against. */
export interface Knows {
  site: SiteView
  board: StaffBoard
  counterId: string
  /** Numbers that were entered just now. */
  entered: readonly string[]
  /** ms on the server's clock, up to `TICK` ago */
  now: number
}

/** How often the page is told the time, ms. */
const TICK = 1_000

/** A row that can be sent: of which leg, and what. */
export interface Ready {
  leg: Leg
  request: RecordRequest
}

/** The row as a request, or what is wrong with it, field by field. [PAPER10] */
export function checked(draft: Draft, knows: Knows): Ready | Fault[] {
  const found = legNumbered(draft.number, knows)
  const timed = timesOf(draft, knows)
  const faults = [...('field' in found ? [found] : []), ...(Array.isArray(timed) ? timed : [])]
  if ('field' in found || Array.isArray(timed)) return faults
  const against = againstBoard(found, timed, knows)
  if (against) return [against]
  return { leg: found, request: { counterId: knows.counterId, ...timed } }
}

/**
 * The leg a number means, however it is written: `a6`, `A006`, `k1 3`. Of several matters of a visit the one that waits for this
 * counter's lanes, as the server has it.
 */
export function legNumbered(written: string, { site, board, counterId, entered }: Knows): Leg | Fault {
  const field = 'number'
  const number = plain(written)
  if (number === '') return { field, word: 'entry-number' }
  const same = (other: string) => plain(other) === number || joined(other) === joined(written)
  const legs = Object.values(board.legs).filter((leg) => same(leg.number))
  const lanes = site.counters.find(({ id }) => id === counterId)?.lanes.map(({ laneId }) => laneId) ?? []
  const rank = ({ state, laneId }: Leg) =>
    state === 'waiting' ? (lanes.includes(laneId) ? 0 : 2) : state === 'held' ? 1 : state === 'missed' ? 3 : 4
  const [leg] = legs.sort((a, b) => rank(a) - rank(b) || a.n - b.n)
  if (!leg) return { field, word: entered.some(same) ? 'entry-entered' : 'entry-unknown' }
  if (rank(leg) < 4) return leg
  const at = site.counters.find(({ id }) => id === leg.counterId)?.number ?? ''
  return { field, word: 'entry-at-counter', facts: { number: at } }
}

/** Without what people leave out: case, spaces, dashes, zeros before a number. */
function plain(number: string): string {
  const parts =
    number
      .normalize('NFKC')
      .toUpperCase()
      .match(/[A-Z]+|\d+/g) ?? []
  return parts.map((part) => part.replace(/^0+(?=\d)/, '')).join('-')
}

/** Written without a gap, `K103` for `K1-03`. */
function joined(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z\d]/g, '')
}

type Timed =
  | Omit<Extract<RecordRequest, { outcome: 'completed' }>, 'counterId'>
  | Omit<Extract<RecordRequest, { outcome: 'missed' }>, 'counterId'>

function timesOf(draft: Draft, { site, now }: Knows): Timed | Fault[] {
  const needed: Field[] = draft.missed ? ['called'] : ['called', 'done']
  const asked: Field[] = draft.missed ? ['called', 'done'] : ['called', 'started', 'done']
  const moments: Partial<Record<Field, number>> = {}
  const faults: Fault[] = []
  for (const field of asked) {
    const written = draft[field]
    if (written.trim() === '' && !needed.includes(field)) continue
    const at = momentToday(written, site.timeZone, now)
    if (at === null) faults.push({ field, word: 'entry-time' })
    else if (at > now + TICK) faults.push({ field, error: 'time-ahead', facts: {} })
    else {
      const before = Math.max(...Object.values(moments))
      if (at < before) faults.push({ field, error: 'times-out-of-order', facts: {} })
      moments[field] = at
    }
  }
  const { called, started, done } = moments
  if (faults.length > 0 || called === undefined) return faults
  if (draft.missed) {
    return { outcome: 'missed', calledAt: called, ...(done !== undefined && { endedAt: done }) }
  }
  if (done === undefined) return faults
  const begun = started === undefined ? {} : { startedAt: started }
  return { outcome: 'completed', calledAt: called, ...begun, endedAt: done }
}

const MINUTE = 60_000

/** The moment that `HH:MM` of today means on the site's clock, ms; null for what is no time of day. */
function momentToday(written: string, timeZone: string, now: number): number | null {
  const wanted = minuteOf(written.normalize('NFKC'))
  if (wanted === null) return null
  const minute = now - (now % MINUTE)
  return minute + (wanted - (minuteOf(hourMinute(minute, timeZone)) ?? 0)) * MINUTE
}

/** What the board shows to stand against it already; the server knows the whole log. */
function againstBoard(
  leg: Leg,
  { calledAt, endedAt = calledAt }: Timed,
  { site, board, counterId }: Knows,
): Fault | null {
  const clock = (at: number) => hourMinute(at, site.timeZone)
  if (leg.onPaper && leg.callCounterId === counterId && leg.calledAt !== null) {
    const counter = site.counters.find(({ id }) => id === counterId)?.number ?? ''
    const facts = { number: leg.number, counter, from: clock(calledAt) }
    if (facts.from === clock(leg.calledAt)) return { field: 'called', error: 'already-recorded', facts }
  }
  const since =
    (leg.state === 'missed' ? leg.endedAt : leg.state === 'held' ? leg.heldAt : null) ?? leg.arrivedAt
  if (calledAt + MINUTE <= since) {
    return { field: 'called', error: 'not-there-yet', facts: { since: clock(since) } }
  }
  const there = legAt(board, counterId)
  if (there?.calledAt != null && there.calledAt < endedAt) {
    const facts = { number: there.number, from: clock(there.calledAt) }
    return { field: 'done', error: 'counter-taken-then', facts }
  }
  return null
}

/** The counters whose calls this person may enter: their own, and those nobody sits at; a supervisor any. */
export function countersToEnter(site: SiteView, board: StaffBoard, person: Person): SiteView['counters'] {
  return site.counters.filter(({ id }) => {
    const staffId = board.counters[id]?.staffId ?? null
    return supervises(person) || staffId === null || staffId === person.accountId
  })
}
