import { expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard, PublicCounter } from '#protocol/board.ts'
import { isServed, waitingIn } from './lane-state.ts'

const board = (status: PublicCounter['status']): PublicBoard => ({
  siteId: 'hall',
  seq: 1,
  at: 0,
  day: '2025-11-21',
  revision: 1,
  waiting: { a: 3 },
  counters: { c1: { status, number: null, serving: false } },
  calls: [],
  help: {},
})
const site: SiteView = {
  id: 'hall',
  revision: 1,
  name: { 'zh-CN': '大厅', en: 'Hall' },
  timeZone: 'Asia/Shanghai',
  open: true,
  clockHeld: false,
  hours: [],
  days: {},
  full: [],
  ownSeries: [],
  rejoinWithin: 3_600_000,
  careBy: ['declared', 'staff'],
  skills: [],
  notices: [],
  display: { one: 'yao', voice: null, readingDistance: null, screen: 43, zones: [] },
  services: [],
  lanes: [],
  counters: [{ id: 'c1', number: '1', name: { 'zh-CN': '窗口', en: 'Counter' }, lanes: [lane('a')] }],
  publicUrl: null,
  practice: false,
  demo: false,
}

function lane(laneId: string): SiteView['counters'][number]['lanes'][number] {
  return { laneId, rank: 'primary', threshold: null }
}

test('[KIOSK6] a lane is served by an open counter, not by a paused or closed one, nor by another lane’s', () => {
  expect(isServed(site, board('open'), 'a')).toBe(true)
  expect(isServed(site, board('paused'), 'a')).toBe(false)
  expect(isServed(site, board('closed'), 'a')).toBe(false)
  expect(isServed(site, board('open'), 'b')).toBe(false)
})

test('[KIOSK6] an unknown lane has nobody waiting', () => {
  expect(waitingIn(board('open'), 'a')).toBe(3)
  expect(waitingIn(board('open'), 'z')).toBe(0)
})
