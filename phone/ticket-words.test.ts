import { afterEach, expect, test } from 'vitest'
import type { TicketView } from '#protocol/board.ts'
import { language } from '#ui/i18n.ts'
import {
  adviceWords,
  isNewCall,
  nearness,
  newsOf,
  stateWords,
  stepsShown,
  stepWords,
  titleWords,
  whyWords,
} from './ticket-words.ts'

afterEach(() => {
  language.value = 'zh-CN'
})

const waiting: TicketView = {
  siteId: 'hall',
  ticketId: 't1',
  practice: false,
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
  wait: { low: 5, high: 10 },
  issuedAt: 0,
  language: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  arrivedBefore: 2,
  steps: [],
  materials: [],
  mayLetFirst: false,
  minuteGiven: false,
  onPaper: false,
  toRate: null,
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
  // Nobody is next where no counter is open.
  expect(nearness({ ...waiting, ahead: 0, wait: null })).toBe('waiting')
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
    for (const state of states)
      expect(adviceWords({ state, counter: '3', ahead: 5, wait: waiting.wait })).not.toMatch(/^$|[{}]/)
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

test('[PHONE9] the matters of a visit are listed when there are several, with what is done, now and next', () => {
  const step = (state: TicketView['steps'][number]['state'], counter: string | null = null) => ({
    serviceName: waiting.serviceName,
    state,
    counter,
  })
  expect(stepsShown({ steps: [step('waiting')] })).toEqual([])
  expect(stepsShown({ steps: [step('done'), step('now')] })).toHaveLength(2)
  const said = (...steps: ReturnType<typeof step>[]) => steps.map(stepWords)
  expect(
    said(step('done', '2'), step('now', '5'), step('waiting', '5'), step('later'), step('ended')),
  ).toEqual(['已办好 · 2 号窗口', '现在 · 5 号窗口', '等候中', '接下来', '没有办'])
  language.value = 'en'
  expect(stepWords(step('now', '5'))).toBe('Now · Counter 5')
})

test('[PHONE10] one honest sentence says why so many are ahead, and none when nobody is', () => {
  const why = (ahead: number | null, arrivedBefore: number | null) => whyWords({ ahead, arrivedBefore })
  expect(why(5, 3)).toBe('其中 3 人比您先到，2 人因照顾、预约或过号返回排在前面。')
  expect(why(5, 5)).toBe('他们都比您先到。')
  expect(why(2, 0)).toBe('他们因照顾、预约或过号返回，排在前面。')
  expect([why(0, 0), why(null, null)]).toEqual([null, null])
  language.value = 'en'
  expect(why(3, 2)).toBe('2 came before you; 1 has an earlier turn: care, a booking, or a return.')
})

test('[PHONE11] who was sent home reads the hall’s note instead of advice; else the day is over', () => {
  const farewell = { 'zh-CN': '明早请您先来。', en: 'You come first tomorrow.' }
  const ended = { state: 'expired', counter: null, ahead: null, wait: null } as const
  expect([stateWords({ ...ended, farewell }), adviceWords({ ...ended, farewell })]).toEqual([
    '今天办不了了，实在抱歉',
    '',
  ])
  expect(stateWords({ ...ended, farewell: null })).toBe('已过期')
  expect(adviceWords({ ...ended, farewell: null })).toContain('今天的办理时间已过')
})

test('[PHONE16] a call, coming near and becoming next are news once; going back is none', () => {
  const at = (ahead: number | null, rest: Partial<TicketView> = {}) =>
    ({
      state: 'waiting',
      wait: { low: 1, high: 2 },
      ahead,
      callId: null,
      number: 'A001',
      counter: '2',
      ...rest,
    }) as TicketView
  const called = at(null, { state: 'called', callId: 5 })
  expect([newsOf(at(5), at(2)), newsOf(at(2), at(1)), newsOf(at(1), at(0))]).toEqual(['near', null, 'near'])
  expect([newsOf(at(0), at(2)), newsOf(null, at(0)), newsOf(at(0), at(0))]).toEqual([null, null, null])
  expect([newsOf(at(0), called), newsOf(called, called), newsOf(null, called)]).toEqual([
    'called',
    null,
    'called',
  ])
  expect(newsOf(called, { ...called, callId: 6 })).toBe('called')
  const titles = [at(5), at(2), at(0), called].map(titleWords)
  expect(new Set(titles).size).toBe(4)
  for (const title of titles) expect(title).toContain('A001')
  // What matters stands first, where tabs are narrow.
  expect(titles[1]?.startsWith('A001')).toBe(false)
})
