import { describe, expect, it } from 'vitest'
import { chooseVoice } from '#ui/voice.ts'
import { audible } from './clips.ts'

describe('speaker', () => {
  it('[VOICE11] leaves out the silence around a clip, whoever recorded it', () => {
    const samples = new Float32Array(24_000)
    samples.fill(0.2, 6_000, 12_000)
    const { from, to } = audible(samples, 24_000)
    expect(from).toBeGreaterThan(0.23)
    expect(from).toBeLessThanOrEqual(0.25)
    expect(to).toBeGreaterThanOrEqual(0.5)
    expect(to).toBeLessThan(0.52)
  })

  it('[VOICE11] keeps a silent clip whole', () => {
    expect(audible(new Float32Array(2_400), 24_000)).toEqual({ from: 0, to: 0.1 })
  })

  it('[VOICE10] takes a Mandarin voice of this machine, never a Cantonese or a remote one', () => {
    const voice = (lang: string, localService = true) => ({ lang, localService })
    const choose = (...voices: ReturnType<typeof voice>[]) => chooseVoice(voices, 'zh-CN')?.lang
    expect(choose(voice('en-US'), voice('zh-HK'), voice('zh-CN', false))).toBeUndefined()
    expect(choose(voice('zh-TW'), voice('zh_CN'))).toBe('zh_CN')
    expect(choose(voice('zh-HK'), voice('cmn-Hans-CN'))).toBe('cmn-Hans-CN')
    expect(choose(voice('zh-TW'))).toBe('zh-TW')
  })
})
