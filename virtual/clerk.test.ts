import { describe, expect, it } from 'vitest'
import { type Desk, habitsAt, nextDeed } from './clerk.ts'

const habits = habitsAt(1)
const resident = { walk: 20_000, deafTo: 0, stay: 600_000, errand: null }
const called = { state: 'called', calls: 1, calledAt: 5_000, startedAt: null } as const
const serving = { ...called, state: 'serving', startedAt: 30_000 } as const
const desk = (changed: Partial<Desk> = {}): Desk => ({
  counter: { status: 'open', staffId: 'me' },
  me: 'me',
  leftAt: null,
  lastAt: 1_000,
  leg: null,
  resident: null,
  errandDone: false,
  open: true,
  waiting: 1,
  inside: 1,
  ...changed,
})
const next = (changed: Partial<Desk> = {}) => nextDeed(desk(changed), habits)

describe('a virtual clerk', () => {
  it('[PRACTICE4] leaves a counter alone where a person sits, whatever waits or lies there', () => {
    for (const status of ['open', 'paused'] as const) {
      const counter = { status, staffId: 'person' }
      expect(next({ counter })).toBeNull()
      expect(next({ counter, leg: called, resident })).toBeNull()
      expect(next({ counter, leg: serving, resident })).toBeNull()
    }
  })

  it('[PRACTICE4] sits down where nobody sits, and where a person has left only after a while', () => {
    const counter = { status: 'closed', staffId: null } as const
    expect(next({ counter })).toEqual({ at: 13_000, deed: { do: 'open' } })
    expect(next({ counter, leftAt: 500_000 })).toEqual({ at: 620_000, deed: { do: 'open' } })
    expect(next({ counter, open: false, waiting: 0 })).toBeNull()
    expect(next({ counter, open: false })?.deed).toEqual({ do: 'open' })
  })

  it('[PRACTICE6] takes a breath between residents, and closes when the hall is closed and nobody is inside', () => {
    expect(next()).toEqual({ at: 13_000, deed: { do: 'call-next' } })
    expect(next({ waiting: 0 })).toBeNull()
    expect(next({ waiting: 0, open: false })).toBeNull()
    expect(next({ waiting: 0, open: false, inside: 0 })?.deed).toEqual({ do: 'close' })
  })

  it('[PRACTICE6] serves who comes, calls again who does not hear, and gives up after that', () => {
    expect(next({ leg: called, resident })).toEqual({ at: 25_000, deed: { do: 'start' } })
    const deaf = { ...resident, deafTo: 1 }
    expect(next({ leg: called, resident: deaf })).toEqual({ at: 65_000, deed: { do: 'recall' } })
    const again = { ...called, calls: 2, calledAt: 65_000 }
    expect(next({ leg: again, resident: deaf })).toEqual({ at: 85_000, deed: { do: 'start' } })
    const gone = { ...resident, deafTo: 99 }
    expect(next({ leg: again, resident: gone })).toEqual({ at: 125_000, deed: { do: 'no-show' } })
  })

  it('[PRACTICE6] what comes between is done half-way, once, and then the matter is finished', () => {
    const at = 330_000
    const fetching = { ...resident, errand: { kind: 'fetching' } as const }
    expect(next({ leg: serving, resident: fetching })).toEqual({ at, deed: { do: 'hold', kind: 'fetching' } })
    const other = { ...resident, errand: { kind: 'other-lane', laneId: 'b' } as const }
    expect(next({ leg: serving, resident: other })).toEqual({ at, deed: { do: 'transfer', laneId: 'b' } })
    const more = { ...resident, errand: { kind: 'another-matter', serviceId: 's' } as const }
    expect(next({ leg: serving, resident: more })).toEqual({
      at,
      deed: { do: 'add-service', serviceId: 's' },
    })
    expect(next({ leg: serving, resident: more, errandDone: true })).toEqual({
      at: 630_000,
      deed: { do: 'complete' },
    })
  })
})
