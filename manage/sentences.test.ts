import { afterEach, describe, expect, it } from 'vitest'
import type { DayReport, SiteView } from '#protocol/api.ts'
import { siteWith } from '#test/harness/legs.ts'
import { language } from '#ui/i18n.ts'
import { adviceSentence, helpSentence, lateSentence, reasonWords, stuckSentence } from './sentences.ts'

const MINUTE = 60_000
const words = { 'zh-CN': '', en: '' }
const site = siteWith({
  counters: ['2', '5', '6'].map((number) => ({ id: `c${number}`, number, name: words, lanes: [] })),
  skills: [{ id: 'sign', name: { 'zh-CN': '手语', en: 'Sign language' } }],
}) as unknown as SiteView

afterEach(() => {
  language.value = 'zh-CN'
})

/** The sentence in both languages. */
function both(sentence: () => string): [zh: string, en: string] {
  const zh = sentence()
  language.value = 'en'
  return [zh, sentence()]
}

describe('advice', () => {
  const open = { advice: 'open-counter', status: 'closed', rank: 'primary' } as const

  it('[MANAGE2] the most useful in a sentence, then which others would do', () => {
    const advice = [
      { ...open, counterId: 'c2' },
      { ...open, counterId: 'c6' },
      { ...open, counterId: 'c5' },
    ]
    expect(both(() => adviceSentence(advice, site))).toEqual([
      '请开放 2 号窗口。或者 6、5 号窗口。',
      'Please open counter 2. Or counter 6, 5.',
    ])
    expect(adviceSentence([], site)).toBe('')
  })

  it('[MANAGE2] tells a paused counter from a closed one, and a helper from the lane’s own', () => {
    const paused = { ...open, status: 'paused', counterId: 'c5' } as const
    const said = [
      adviceSentence([paused], site),
      adviceSentence([{ ...paused, rank: 'secondary' }], site),
      adviceSentence([{ ...open, counterId: 'c5', rank: 'secondary' }], site),
      adviceSentence([{ advice: 'add-lane', counterId: 'c6', perCounter: 0 }], site),
      adviceSentence([{ advice: 'all-open' }], site),
    ]
    expect(new Set(said).size).toBe(5)
    expect(said[0]).toContain('恢复 5 号窗口')
    expect(said[3]).toContain('6 号窗口也办')
  })

  it('[MANAGE2] who cannot be called is said with what is missing', () => {
    const it = { number: 'A001', laneId: 'a', waited: 0 }
    const missing = { ...it, why: 'skill-missing', skill: 'sign', pausedCounterId: null } as const
    expect(both(() => stuckSentence(missing, site))).toEqual([
      '需要“手语”，开放的窗口没有人会。',
      'Needs “Sign language”, and nobody at an open counter can.',
    ])
    language.value = 'zh-CN'
    expect(stuckSentence({ ...missing, pausedCounterId: 'c5' }, site)).toContain('5 号窗口')
    expect(stuckSentence({ ...it, why: 'counter-not-open', counterId: 'c2' }, site)).toContain('2 号窗口')
    expect(stuckSentence({ ...it, why: 'person-away' }, site)).toContain('不在岗')
  })
})

describe('why late', () => {
  it('[MANAGE8] one sentence of all its facts', () => {
    const why: DayReport['late'][number]['why'] = [
      { fact: 'unserved', ms: 22 * MINUTE },
      { fact: 'missed', ms: 5.9 * MINUTE, calls: 1 },
      { fact: 'held', ms: 4 * MINUTE },
      { fact: 'overtaken', count: 3 },
      { fact: 'demand', arrivals: 31, counterTime: 4.2 * 60 * MINUTE },
    ]
    expect(both(() => lateSentence({ why }))).toEqual([
      '22 分钟没有窗口开放；过号 1 次，返回后又等了 5 分钟；暂缓后又等了 4 分钟；3 位后到但次序在前，先叫了号；' +
        '等候期间又来了 31 位，窗口合计开放 4.2 小时。',
      '22 min without an open counter; missed 1 call, and waited 5 min more when back; waited 4 min more after a hold; ' +
        '3 who came later had an earlier turn; 31 more arrived meanwhile, for 4.2 counter hours.',
    ])
  })

  it('a reason is the console’s in words, or as it was written', () => {
    expect([reasonWords('urgent'), reasonWords('轮椅坏了'), reasonWords(null)]).toEqual([
      '情况紧急',
      '轮椅坏了',
      '',
    ])
  })
})

describe('calls for help', () => {
  it('[HELP12] how many, how soon, and how many the supervisor was told of', () => {
    const answered = { count: 4, median: 3_200, p90: 40_000, longest: 40_000 }
    const [zh, en] = both(() => helpSentence({ asked: 6, answered, escalated: 2, takenBack: 1 }))
    expect(zh).toBe(
      '6 次，4 次有人回应：一半在 3 秒内，九成在 40 秒内。2 次没有及时回应，上报主管；1 次没人回应就收回。',
    )
    expect(en).toContain('half of them within 3 s, nine in ten within 40 s')
  })

  it('[HELP12] no call, or none that was answered, makes no figure up', () => {
    const none = { count: 0, median: null, p90: null, longest: null }
    expect(helpSentence({ asked: 0, answered: none, escalated: 0, takenBack: 0 })).toBe('没有人呼叫帮助。')
    expect(helpSentence({ asked: 1, answered: none, escalated: 1, takenBack: 1 })).toContain('一半在 — 秒内')
  })
})
