import { describe, expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { Call } from '#protocol/board.ts'
import { concerns, partOf, wantedAt, wantedOf } from './zone.ts'

const counter = (id: string, primary: string[], secondary: string[] = []) => ({
  id,
  number: id.slice(1),
  name: { 'zh-CN': id, en: id },
  lanes: [
    ...primary.map((laneId) => ({ laneId, rank: 'primary' as const, threshold: null })),
    ...secondary.map((laneId) => ({ laneId, rank: 'secondary' as const, threshold: null })),
  ],
})
const zone = (id: string, lanes: string[], counters: string[]) => ({
  id,
  name: { 'zh-CN': id, en: id },
  lanes,
  counters,
})
const site = {
  counters: [counter('c1', ['a'], ['b']), counter('c2', ['b']), counter('c3', ['c'])],
  display: {
    zones: [zone('lanes', ['b'], []), zone('counters', [], ['c1', 'c3']), zone('both', ['a'], ['c3'])],
  },
} as unknown as SiteView
const call = (counterId: string, laneId: string) => ({ counterId, laneId }) as Call

describe('the zone of a screen', () => {
  const parts = (id: string) => {
    const part = partOf(site, id)
    return part && [[...part.lanes].join(), [...part.counters].join()]
  }

  test('[WALL9] has the lanes and counters it names, and where it names none of one, those that belong to the other', () => {
    expect(parts('lanes')).toEqual(['b', 'c2'])
    expect(parts('counters')).toEqual(['a,c', 'c1,c3'])
    expect(parts('both')).toEqual(['a', 'c3'])
    expect(parts('nowhere')).toBeNull()
  })

  test('[WALL9] shows calls to its counters and of its lanes, wherever these go; without a zone every call', () => {
    const part = partOf(site, 'lanes')
    expect(concerns(part, call('c2', 'b'))).toBe(true)
    expect(concerns(part, call('c1', 'b'))).toBe(true)
    expect(concerns(part, call('c2', 'x'))).toBe(true)
    expect(concerns(part, call('c1', 'a'))).toBe(false)
    expect(concerns(null, call('c1', 'a'))).toBe(true)
  })

  test('[WALL10] is read from the address, where what is not understood is not there', () => {
    expect(wantedOf('#zone=east&screen=55')).toEqual({ zone: 'east', counter: null, rate: null, screen: 55 })
    expect(wantedOf('#counter=c2')).toEqual({ zone: null, counter: 'c2', rate: null, screen: null })
    expect(wantedOf('#rate=c2')).toMatchObject({ counter: null, rate: 'c2' })
    for (const nothing of ['', '#', '#zone=', '#screen=tv', '#screen=1000']) {
      expect(wantedOf(nothing)).toEqual({ zone: null, counter: null, rate: null, screen: null })
    }
  })
})

test('[PAIR5] a screen that was given a place is there, whatever its address says', () => {
  const asked = wantedOf('#zone=east&screen=55')
  expect(wantedAt(null, asked)).toEqual(asked)
  expect(wantedAt({}, asked)).toEqual({ zone: '', counter: null, rate: null, screen: 55 })
  expect(wantedAt({ zone: 'west' }, asked)).toMatchObject({ zone: 'west', counter: null })
  expect(wantedAt({ counter: 'c2' }, asked)).toMatchObject({ counter: 'c2', rate: null })
  expect(wantedAt({ rate: 'c2' }, wantedOf('#rate=c3'))).toMatchObject({ counter: null, rate: 'c2' })
})
