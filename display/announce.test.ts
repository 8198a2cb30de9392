import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CLIPS } from '#protocol/voice-pack.ts'
import type { AnnouncementOptions, PhraseStep, Step } from './announce.ts'
import { announcement, counterWords } from './announce.ts'

const A012: AnnouncementOptions = { number: 'A012', counter: 3, languages: ['zh-CN', 'en'], one: 'yao' }

const phrases = (steps: Step[]) => steps.filter((step): step is PhraseStep => step.type === 'phrase')
const clips = (step: PhraseStep | undefined) =>
  step?.words.map((word) => word.clip.replace(/^.*\//, '')).join(' ')

describe('announcement', () => {
  it('[VOICE1] chimes, then says Mandarin twice, then English once', () => {
    const steps = announcement(A012)
    expect(steps.map((step) => (step.type === 'chime' ? 'chime' : step.language))).toEqual([
      'chime',
      'zh-CN',
      'zh-CN',
      'en',
    ])
    expect(phrases(steps).map(clips)).toEqual([
      'qing a 0 yao 2 hao dao 3 hao-chuangkou',
      'qing a 0 yao 2 hao dao 3 hao-chuangkou',
      'number a 0 1 2 please-go-to-counter 3',
    ])
  })

  it('[VOICE1] pauses between the phrases and not after the last', () => {
    const pauses = phrases(announcement(A012)).map((step) => step.pauseMs)
    expect(pauses).toEqual([expect.toSatisfy((ms) => ms >= 400), expect.toSatisfy((ms) => ms >= 400), 0])
  })

  it('[VOICE1] says the first language once when told to hurry', () => {
    const steps = announcement({ ...A012, times: 1 })
    expect(phrases(steps).map((step) => step.language)).toEqual(['zh-CN', 'en'])
  })

  it('[VOICE1] says only the languages asked for, in their order', () => {
    const languages = (options: Partial<AnnouncementOptions>) =>
      phrases(announcement({ ...A012, ...options })).map((step) => step.language)
    expect(languages({ languages: ['zh-CN'] })).toEqual(['zh-CN', 'zh-CN'])
    expect(languages({ languages: ['en', 'zh-CN'], times: 1 })).toEqual(['en', 'zh-CN'])
  })

  it('[VOICE2] says every sign of a number singly, 1 as yao or as yi', () => {
    const said = (number: string, one: 'yao' | 'yi') =>
      clips(phrases(announcement({ ...A012, number, one }))[0])
    expect(said('B110', 'yao')).toBe('qing b yao yao 0 hao dao 3 hao-chuangkou')
    expect(said('B110', 'yi')).toBe('qing b 1 1 0 hao dao 3 hao-chuangkou')
    expect(said('b-110', 'yi')).toBe('qing b 1 1 0 hao dao 3 hao-chuangkou')
  })

  it('[VOICE2] pauses at the dash of a kiosk’s own number, in every language', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const [said] = phrases(announcement({ ...A012, number: 'K1-03', languages: [language] }))
      const words = said?.words.map(({ clip, pauseMs }) => [clip.split('/')[1], pauseMs]) ?? []
      const one = language === 'en' ? '1' : 'yao'
      const at = words.findIndex(([clip]) => clip === one)
      expect(words.slice(at - 1, at + 3).map(([clip]) => clip)).toEqual(['k', one, '0', '3'])
      expect(words[at]?.[1]).toBeGreaterThan(4 * Number(words[at - 1]?.[1]))
      expect(said?.caption).toContain('K1-03')
    }
    expect(phrases(announcement({ ...A012, number: 'K1-03' }))[0]?.text).toContain('K 幺, 零 三')
  })

  it('[VOICE3] says a counter from 1 to 99 as a number', () => {
    const chinese = (counter: number | string) => counterWords(counter, 'zh-CN').join(' ')
    expect(['3', 10, 12, 20, '07', 21, 99].map(chinese)).toEqual([
      '3',
      '10',
      '10 2',
      '2 10',
      '7',
      '2 10 1',
      '9 10 9',
    ])
    const english = (counter: number | string) => counterWords(counter, 'en').join(' ')
    expect([3, 12, 20, '21', 30, 99].map(english)).toEqual(['3', '12', '20', '20 1', '30', '90 9'])
  })

  it('[VOICE3] says any other counter sign by sign', () => {
    expect(counterWords(101, 'zh-CN')).toEqual(['yao', '0', 'yao'])
    expect(counterWords('B2', 'en')).toEqual(['b', '2'])
  })

  it('[VOICE4] carries what the screen shows and what a synthesiser reads', () => {
    const [chinese, , english] = phrases(announcement({ ...A012, counter: 12 }))
    expect(chinese?.caption).toBe('请 A012 号，到 12 号窗口')
    expect(chinese?.text).toBe('请 A 零 幺 二 号，到十二号窗口')
    expect(english?.caption).toBe('Number A012, please go to counter 12')
    expect(english?.text).toBe('Number A zero one two, please go to counter twelve')
    const [, , far] = phrases(announcement({ ...A012, counter: 45 }))
    expect(far?.text).toBe('Number A zero one two, please go to counter forty five')
  })

  it('[VOICE5] has a clip in the committed voice packs for every number and counter', () => {
    const voice = fileURLToPath(new URL('./public/voice/', import.meta.url))
    const packs = new Map(
      ['zh-CN', 'en'].map((language) => {
        const manifest: { clips: Record<string, { file: string }> } = JSON.parse(
          readFileSync(`${voice}${language}/manifest.json`, 'utf8'),
        )
        return [language, manifest.clips]
      }),
    )
    const missing = new Set<string>()
    const tickets = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}0123456789`)
    for (const number of tickets) {
      for (const one of ['yao', 'yi'] as const) {
        for (let counter = 1; counter <= 99; counter++) {
          for (const step of phrases(announcement({ ...A012, number, counter, one }))) {
            for (const { clip } of step.words) {
              const [language = '', name = ''] = clip.split('/')
              const file = packs.get(language)?.[name]?.file
              if (!file || (counter === 1 && !existsSync(`${voice}${language}/${file}`))) missing.add(clip)
            }
          }
        }
      }
    }
    expect([...missing]).toEqual([])
    // What a pack of a hall's own is looked through for is just this.
    for (const language of ['zh-CN', 'en'] as const) {
      expect([...CLIPS[language]].sort()).toEqual(Object.keys(packs.get(language) ?? {}).sort())
    }
    expect(existsSync(`${voice}chime.mp3`)).toBe(true)
  })
})
