import { describe, expect, test } from 'vitest'
import { ACCOMMODATIONS as DOMAINS } from '#domain/care.ts'
import { allows, OPEN_STATES } from '#domain/transition.ts'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { actionsOf } from '#server/policy.ts'
import { legWith } from '#test/harness/legs.ts'
import { deedsOf, KEYS, SURE_KEY } from './deeds.ts'
import { ACCOMMODATIONS, NO_WISH, offersOf, requestOf, withOrWithout } from './give.ts'

const service = (id: string, laneId: string) => ({ id, laneId, name: { 'zh-CN': id, en: id } })
const services = Array.from({ length: 30 }, (_, n) => service(`s${n}`, n < 2 ? 'a' : 'b'))
const site = {
  services,
  lanes: [
    { id: 'a', letter: 'A' },
    { id: 'b', letter: 'B' },
  ],
  full: ['s1'],
} as unknown as SiteView
const board = {
  legs: { x: legWith({ laneId: 'a' }), y: legWith({ laneId: 'a', state: 'called' }) },
} as unknown as StaffBoard

describe('what the reception gives and does', () => {
  test('[DESK1] every service has its key while keys last, and says who waits and whether it is full', () => {
    const offers = offersOf(site, board)
    expect(offers[0]).toMatchObject({ key: '1', letter: 'A', waiting: 1, full: false })
    expect(offers[1]).toMatchObject({ key: '2', full: true })
    expect(offers[2]).toMatchObject({ letter: 'B', waiting: 0 })
    expect(offers.at(-1)?.key).toBeNull()
  })

  test('[DESK8] one key means one thing', () => {
    const keys = [...offersOf(site, board).flatMap(({ key }) => key ?? []), ...Object.values(KEYS)]
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => key === SURE_KEY)).toHaveLength(1)
  })

  test('[DESK1] [DESK2] the request says what was wished and wants the paper', () => {
    expect(requestOf('s0', NO_WISH)).toEqual({ serviceId: 's0', paper: true, language: 'zh-CN' })
    const wish = withOrWithout({ ...NO_WISH, care: true, language: 'en' }, 'written')
    expect(requestOf('s0', wish)).toEqual({
      ...{ serviceId: 's0', paper: true, language: 'en', care: {} },
      accommodations: ['written'],
    })
    expect(withOrWithout(wish, 'written').accommodations).toEqual([])
    expect(ACCOMMODATIONS).toEqual(DOMAINS)
  })

  test('[DESK4] a ticket is offered what the table of states allows, and a called one its minute once', () => {
    const may = actionsOf('volunteer')
    for (const state of OPEN_STATES) {
      const deeds = deedsOf({ state, waitsUntil: null }, may)
      expect([state, deeds.includes('rejoin')]).toEqual([state, allows('rejoin', state)])
      expect([state, deeds.includes('cancel')]).toEqual([state, allows('cancel', state)])
      const time = allows('more-time', state) || allows('let-first', state)
      expect([state, deeds.includes('more-time')]).toEqual([state, time])
      expect(deeds).toContain('print')
    }
    expect(deedsOf({ state: 'called', waitsUntil: 1 }, may)).toEqual(['language', 'print'])
    expect(deedsOf({ state: 'completed', waitsUntil: null }, may)).toEqual([])
  })

  test('[ROLE5] and of that what whoever is there may do', () => {
    const missed = { state: 'missed', waitsUntil: null } as const
    expect(deedsOf(missed, ['read-board'])).toEqual([])
    expect(deedsOf(missed, ['print', 'rejoin'])).toEqual(['rejoin', 'print'])
  })
})
