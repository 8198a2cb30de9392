import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BROWSERS, type SessionItem, SYSTEMS } from '#protocol/session.ts'
import { language } from '#ui/i18n.ts'
import { placeOf, timesOf } from './place.ts'

const NOON = Date.parse('2026-03-02T12:00:00+08:00')
const HOUR = 3_600_000
const item = (rest: Partial<SessionItem>): SessionItem => ({
  ...{ id: 'a', since: NOON - 3 * HOUR, seenAt: NOON - HOUR, origin: null, current: false },
  ...rest,
})

describe('[SIGNIN6] where somebody is signed in, in words', () => {
  beforeAll(() => {
    language.value = 'en'
  })
  afterAll(() => {
    language.value = 'zh-CN'
  })

  test('the browser, its system and whether it is near', () => {
    expect(placeOf({ origin: { browser: 'edge', system: 'windows', near: true } })).toBe(
      'Edge · Windows · in the hall’s network',
    )
    expect(placeOf({ origin: { browser: 'other', system: 'other', near: false } })).toBe(
      'another program · outside the hall’s network',
    )
    expect(placeOf({ origin: null })).toBe('signed in before the update')
    for (const browser of BROWSERS)
      for (const system of SYSTEMS)
        expect(placeOf({ origin: { browser, system, near: true } })).toMatch(/ · /)
  })

  test('the day only when it is not today', () => {
    expect(timesOf(item({}), NOON, 'Asia/Shanghai')).toBe('since 09:00, last used 11:00')
    expect(timesOf(item({ since: NOON - 20 * HOUR }), NOON, 'Asia/Shanghai')).toMatch(
      /^since .*1.*16:00, last used 11:00$/,
    )
  })
})
