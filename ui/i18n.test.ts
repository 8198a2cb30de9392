import { afterEach, expect, test } from 'vitest'
import { STATUS } from '#protocol/errors.ts'
import { ERROR_WORDS } from './errors-i18n.ts'
import { createI18n, fill, hourMinuteSecond, language, startLanguage, waitWords } from './i18n.ts'
import { messageProblems } from './message-problems.ts'
import { sharedMessages } from './words.ts'

afterEach(() => {
  language.value = 'zh-CN'
})

test('[I18N1] the words all screens share are whole in both languages', () => {
  expect(messageProblems(sharedMessages)).toEqual([])
})

test.each([
  [{ 'zh-CN': { a: '甲' }, en: {} }, 'a: no English'],
  [{ 'zh-CN': { a: ' ' }, en: { a: 'a' } }, 'a: no Chinese'],
  [{ 'zh-CN': { a: '前面 {n} 人' }, en: { a: 'ahead' } }, 'a: facts differ'],
  [{ 'zh-CN': { a: 'later' }, en: { a: 'later' } }, 'a: Chinese without Chinese'],
  [{ 'zh-CN': { a: '稍后' }, en: { a: '稍后' } }, 'a: English with Chinese'],
])('[I18N1] %j is found out: %s', (messages, problem) => {
  expect(messageProblems(messages as Parameters<typeof messageProblems>[0])).toContain(problem)
})

test('[I18N1] a key that is missing, a key too many and a forgotten fact are type errors', () => {
  // @ts-expect-error: English lacks `b`
  createI18n({ 'zh-CN': { a: '甲', b: '乙' }, en: { a: 'a' } })
  // @ts-expect-error: Chinese lacks `b`
  createI18n({ 'zh-CN': { a: '甲' }, en: { a: 'a', b: 'b' } })

  const { t } = createI18n({
    'zh-CN': { ahead: '前面 {n} 人' },
    en: { ahead: '{n} {n|person|people} ahead' },
  })
  // @ts-expect-error: `n` is not given
  expect(t('ahead')).toBe('前面 {n} 人')
  // @ts-expect-error: no such key
  t('behind')
})

test('[I18N1] words follow the language, facts are filled in, counting words agree', () => {
  const { t } = createI18n({
    'zh-CN': { ahead: '前面 {n} 人' },
    en: { ahead: '{n} {n|person|people} ahead' },
  })
  expect(t('ahead', { n: 2 })).toBe('前面 2 人')
  language.value = 'en'
  expect(t('ahead', { n: 2 })).toBe('2 people ahead')
  expect(t('ahead', { n: 1 })).toBe('1 person ahead')
})

test('[I18N1] a fact is text, never a pattern', () => {
  expect(fill('{a} {b}', { a: '$& {b}', b: 2 })).toBe('$& {b} 2')
})

test('[I18N2] the words for errors are whole in both languages', () => {
  expect(messageProblems(ERROR_WORDS)).toEqual([])
})

test('[I18N2] every error key has its own words in both languages', () => {
  for (const words of Object.values(ERROR_WORDS)) {
    expect(Object.keys(words).sort()).toEqual(Object.keys(STATUS).sort())
    expect(new Set(Object.values(words)).size).toBe(Object.keys(STATUS).length)
  }
})

test('[I18N3] a screen begins in its first language', () => {
  startLanguage('en')
  expect(language.value).toBe('en')
})

test('[I18N4] times are told in the zone of the site, by 24 hours, also after midnight', () => {
  const at = Date.parse('2025-11-21T16:05:09Z')
  expect(hourMinuteSecond(at, 'Asia/Shanghai')).toBe('00:05:09')
  expect(hourMinuteSecond(at, 'UTC')).toBe('16:05:09')
  language.value = 'en'
  expect(hourMinuteSecond(at, 'Asia/Shanghai')).toBe('00:05:09')
})

test.each([
  [null, '暂无窗口开放', 'No counter is open yet'],
  [{ low: 0, high: 1 }, '1 分钟以内', 'within 1 min'],
  [{ low: 10, high: 15 }, '约 10–15 分钟', 'about 10–15 min'],
  [{ low: 5, high: 5 }, '约 5 分钟', 'about 5 min'],
  [{ low: 70, high: 145 }, '约 1–2.5 小时', 'about 1–2.5 hours'],
  [{ low: 115, high: 125 }, '约 2 小时', 'about 2 hours'],
])('[WAIT2] a wait of %j is said as a range, and no counter is said as it is', (wait, chinese, english) => {
  expect(waitWords(wait, 'zh-CN')).toBe(chinese)
  expect(waitWords(wait, 'en')).toBe(english)
})
