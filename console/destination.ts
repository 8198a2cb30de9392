import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { Errand, HoldKind } from './errand.ts'
import type { Counter, Leg } from './model.ts'

/** Another lane, counter or person the ticket on the desk can be sent to. */
export type Place = LanePlace | CounterPlace | PersonPlace

interface LanePlace {
  kind: 'lane'
  id: string
  /** What chooses it; null where no single key can. */
  key: string | null
  name: SiteView['lanes'][number]['name']
  waiting: number
  /** Whether any open counter serves it. */
  served: boolean
}

interface CounterPlace {
  kind: 'counter'
  id: string
  key: string | null
  number: string
  status: Counter['status']
  busy: boolean
}

/** A colleague who sits at a counter now: the ticket follows them if they move. */
interface PersonPlace {
  kind: 'person'
  id: string
  key: null
  name: SiteView['lanes'][number]['name']
  /** Where they sit now. */
  number: string
}

/**
 * Where a ticket can be sent from this counter: every other lane, counter and person at one. [CONSOLE12] Keys are what is
 * written there, the letter of the lane and the number of the counter; of two that are the same, the first has it.
 */
export function placesFor(site: SiteView, board: StaffBoard, leg: Leg, counterId: string): Place[] {
  const legs = Object.values(board.legs)
  const taken = new Set<string>()
  const keyOf = (sign: string): string | null => {
    const key = sign.toUpperCase()
    if (!/^[A-Z0-9]$/.test(key) || taken.has(key)) return null
    taken.add(key)
    return key
  }
  const lanes = site.lanes
    .filter(({ id }) => id !== leg.laneId)
    .map(
      ({ id, letter, name }): Place => ({
        kind: 'lane',
        id,
        key: keyOf(letter),
        name,
        waiting: legs.filter((other) => other.state === 'waiting' && other.laneId === id).length,
        served: site.counters.some(
          (counter) =>
            board.counters[counter.id]?.status === 'open' &&
            counter.lanes.some(({ laneId }) => laneId === id),
        ),
      }),
    )
  const counters = site.counters
    .filter(({ id }) => id !== counterId)
    .map(
      ({ id, number }): Place => ({
        kind: 'counter',
        id,
        key: keyOf(number),
        number,
        status: board.counters[id]?.status ?? 'closed',
        busy: legs.some(
          (other) => other.counterId === id && (other.state === 'called' || other.state === 'serving'),
        ),
      }),
    )
  const here = board.counters[counterId]?.staffId
  const people = site.counters.flatMap(({ id, number }): Place[] => {
    const sits = board.counters[id]?.staffId ?? null
    const person = site.staff?.find((one) => one.id === sits)
    return person && sits !== here
      ? [{ kind: 'person', id: person.id, key: null, name: person.name, number }]
      : []
  })
  return [...lanes, ...counters, ...people]
}

/** Whether a ticket can be sent there now: at a counter that is not open it would wait for nobody. [CONSOLE12] */
export function takesTickets(place: Place): boolean {
  return place.kind !== 'counter' || place.status === 'open'
}

/** The ways of holding a ticket, with their keys. */
export const HOLDS: readonly { kind: HoldKind; key: string }[] = [
  { kind: 'fetching', key: '1' },
  { kind: 'papers-kept', key: '2' },
  { kind: 'another-step', key: '3' },
]

/** A note may be this long. */
export const NOTE_LENGTH = 200

/** Sends the ticket there, with a note for whoever serves it next unless it is empty. [CONSOLE19] */
export function transferTo(leg: Leg, { kind, id }: Place, note = ''): Errand {
  const text = note
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, NOTE_LENGTH)
  return {
    errand: 'transfer',
    leg,
    to: kind === 'lane' ? { laneId: id } : kind === 'counter' ? { counterId: id } : { staffId: id },
    ...(text !== '' && { note: text }),
  }
}
