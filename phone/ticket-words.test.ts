import { afterEach, expect, test } from 'vitest'
import type { TicketView } from '#protocol/board.ts'
import { language } from '#ui/i18n.ts'
import { adviceWords, isNewCall, nearness, stateWords } from './ticket-words.ts'

afterEach(() => {
  language.value = 'zh-CN'
})

const waiting: TicketView = {
  siteId: 'hall',
  ticketId: 't1',
  siteName: { 'zh-CN': '大厅', en: 'Hall' },
  number: 'A012',
  state: 'waiting',
  serviceId: 'housing',
  serviceName: { 'zh-CN': '住房', en: 'Housing' },
  laneId: 'a',
  counter: null,
  hold: null,
  callId: null,
  ahead: 5,
  wait: null,
  issuedAt: 0,
  language: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  arrivedBefore: 2,
  steps: [],
  materials: [],
  farewell: null,
  at: 0,
  seq: 1,
}
const called: TicketView = { ...waiting, state: 'called', counter: '3', callId: 7, ahead: null }

test('[PHONE2] near the turn the page asks the resident to come closer', () => {
  const at = (ahead: number | null) => nearness({ ...waiting, ahead })
  expect([at(5), at(3), at(2), at(1), at(0), at(null)]).toEqual([
    'waiting',
    'waiting',
    'near',
    'near',
    'next',
    'waiting',
  ])
  expect(nearness(called)).toBe('called')
  expect(nearness({ ...waiting, state: 'missed', ahead: 0 })).toBe('away')
})

test('[PHONE1] every state has words and advice in both languages', () => {
  const states: TicketView['state'][] = [
    'waiting',
    'called',
    'serving',
    'held',
    'missed',
    'completed',
    'transferred',
    'cancelled',
    'expired',
  ]
  for (const spoken of ['zh-CN', 'en'] as const) {
    language.value = spoken
    const words = states.map((state) => stateWords({ state, counter: '3' }))
    expect(new Set(words).size).toBe(states.length)
    for (const state of states) expect(adviceWords({ state, counter: '3', ahead: 5 })).not.toMatch(/^$|[{}]/)
  }
})

test('[PHONE1] a call names the counter', () => {
  expect(stateWords(called)).toBe('请到 3 号窗口')
  language.value = 'en'
  expect(stateWords(called)).toBe('Please go to counter 3')
})

test('[PHONE3] a call is new when the state changes, when it is repeated, and when the page opens on it', () => {
  expect(isNewCall(waiting, called)).toBe(true)
  expect(isNewCall(called, { ...called, callId: 9 })).toBe(true)
  expect(isNewCall(null, called)).toBe(true)
  expect(isNewCall(called, { ...called, at: 5 })).toBe(false)
  expect(isNewCall(called, { ...called, state: 'serving' })).toBe(false)
})
