import { afterEach, describe, expect, it } from 'vitest'
import { PURPOSES } from '#domain/reveal.ts'
import { setLanguage } from '#ui/i18n.ts'
import { messageProblems } from '#ui/message-problems.ts'
import { actionWords, originWords, reasonWords, refusalWords, subjectWords, whoWords } from './row-words.ts'
import { messages } from './words.ts'

const ACTORS = [
  { principal: 'staff:a1', name: { 'zh-CN': '王主管', en: 'Supervisor Wang' } },
  { principal: 'device:d1', name: { 'zh-CN': 'K1', en: 'K1' } },
]
const SITE = { counters: [{ id: 'c1', number: '1' }] } as unknown as Parameters<typeof subjectWords>[1]
const row = (number: string | null, subject: string | null) =>
  subjectWords({ number, subject } as Parameters<typeof subjectWords>[0], SITE, ACTORS)

describe('a row of the audit in words', () => {
  afterEach(() => setLanguage('zh-CN'))

  it('[AUDIT9] names who, on what and from where in both languages', () => {
    setLanguage('zh-CN')
    expect(['staff:a1', 'device:d1', 'ticket:t', 'staff:gone'].map((who) => whoWords(who, ACTORS))).toEqual([
      '王主管',
      'K1',
      '居民',
      '已删除的账号',
    ])
    expect([
      row('A001', 't'),
      row(null, 'c1'),
      row(null, 'a1'),
      row(null, 'd1'),
      row(null, 'x'),
      row(null, null),
    ]).toEqual(['A001', '1 号窗口', '王主管', 'K1', '', ''])
    expect(originWords('K1@10.0.0.2')).toBe('K1@10.0.0.2')
    setLanguage('en')
    expect(['operator:root', 'chore:purge', 'stranger:stranger'].map((who) => whoWords(who, ACTORS))).toEqual(
      ['Operator root', 'By itself (purge)', 'Not signed in'],
    )
    expect(originWords('phone:near')).toBe('A phone in the hall’s network')
  })

  it('[AUDIT9] says what was done, refused and why, and shows the key of what it does not know', () => {
    setLanguage('en')
    expect([actionWords('ticket:called'), actionWords('operate-counter')]).toEqual([
      'Called',
      'Work at a counter',
    ])
    expect([refusalWords('forbidden'), reasonWords('again:12'), reasonWords('unwell')]).toEqual([
      'Refused: not allowed',
      '12 more within a minute',
      'unwell',
    ])
    expect([reasonWords('for:staff:a1', ACTORS), reasonWords('for:staff:gone', ACTORS)]).toEqual([
      `for ${whoWords('staff:a1', ACTORS)}`,
      `for ${whoWords('staff:gone', ACTORS)}`,
    ])
    // What a clerk wrote before there was a list stays in the log.
    expect([reasonWords('check-person'), reasonWords('other: 核对户口本')]).toEqual([
      'to check the person',
      '“核对户口本”',
    ])
    expect(PURPOSES.filter((purpose) => reasonWords(purpose) === purpose)).toEqual([])
    expect([actionWords('constructor'), reasonWords('__proto__')]).toEqual(['constructor', '__proto__'])
  })

  it('[I18N1] says everything in both languages', () => {
    expect(messageProblems(messages)).toEqual([])
  })
})
