import { describe, expect, it } from 'vitest'
import type { DeviceItem } from '#protocol/device.ts'
import { setLanguage } from '#ui/i18n.ts'
import { type Alert, alertsOf } from './alerts.ts'
import { alertSubject, alertWords } from './health-words.ts'

/** Monday, 10:00 in Shanghai. */
const NOW = Date.parse('2026-03-02T02:00:00Z')
const weekdays = [{ from: 9 * 60, to: 17 * 60 }]
const site = {
  timeZone: 'Asia/Shanghai',
  hours: [weekdays, weekdays, weekdays, weekdays, weekdays, [], []],
  days: {},
}
const MINUTE = 60_000

const well: DeviceItem = {
  ...{
    id: 'k1',
    name: 'K1',
    kind: 'kiosk',
    place: {},
    createdAt: NOW - 10 * MINUTE,
    seenAt: NOW,
    online: true,
  },
  ...{ build: { name: 'index-A.js', latest: true }, skew: 800, error: null, printer: null },
}
const quiet = (ms: number): DeviceItem => ({ ...well, online: false, seenAt: NOW - ms })
const kinds = (device: DeviceItem, at = NOW) =>
  alertsOf({ devices: [device], printers: [], site }, at).map(({ kind }) => kind)

describe('what is to be done about screens', () => {
  it('[HEALTH4] nothing, while all is well, or nothing is known', () => {
    expect(kinds(well)).toEqual([])
    expect(kinds({ ...well, build: null, skew: null })).toEqual([])
    expect(kinds({ ...quiet(0), seenAt: null })).toEqual([])
  })

  it('[HEALTH4] a screen is silent after two minutes, while the hall is open', () => {
    expect(kinds(quiet(2 * MINUTE))).toEqual([])
    expect(kinds(quiet(2 * MINUTE + 1))).toEqual(['silent'])
    // In the evening screens are switched off.
    expect(kinds(quiet(5 * MINUTE), NOW + 8 * 60 * MINUTE)).toEqual([])
    // And of one that says nothing any more nothing else is said.
    expect(kinds({ ...quiet(5 * MINUTE), skew: 90_000 })).toEqual(['silent'])
  })

  it('[HEALTH4] a clock that is more than 30 s off, either way', () => {
    for (const skew of [30_000, -30_000]) expect(kinds({ ...well, skew })).toEqual([])
    for (const skew of [30_001, -30_001]) expect(kinds({ ...well, skew })).toEqual(['clock'])
  })

  it('[HEALTH4] another build than the server’s, and an error for half an hour', () => {
    expect(kinds({ ...well, build: { name: 'index-B.js', latest: false } })).toEqual(['old-build'])
    const failed = (at: number) => ({ ...well, error: { name: 'TypeError', at } })
    expect(kinds(failed(NOW - 29 * MINUTE))).toEqual(['error'])
    expect(kinds(failed(NOW - 30 * MINUTE))).toEqual([])
  })

  it('[HEALTH4] what keeps residents from something comes first, paper that still prints last', () => {
    const devices = [
      { ...well, name: 'D1', build: { name: 'index-B.js', latest: false }, skew: 60_000 },
      { ...quiet(3 * MINUTE), name: 'K2' },
    ]
    const printers = (['paper-low', 'paper-out', 'ready', 'unknown'] as const).map((state) => ({
      ...{ id: state, state, kiosks: [] },
    }))
    const found = alertsOf({ devices, printers, site }, NOW)
    expect(found.map(({ kind, name }) => [kind, name])).toEqual([
      ['silent', 'K2'],
      ['printer', 'paper-out'],
      ['clock', 'D1'],
      ['old-build', 'D1'],
      ['printer', 'paper-low'],
    ])
  })

  it('[HEALTH5] each says whose it is and what to do, in both languages', () => {
    const all: Alert[] = [
      { kind: 'silent', name: 'K2', since: NOW - 5 * MINUTE },
      ...(['paper-low', 'paper-out', 'cover-open', 'fault', 'offline'] as const).map(
        (state): Alert => ({ kind: 'printer', name: 'P1', state }),
      ),
      { kind: 'error', name: 'D1', error: 'TypeError', at: NOW },
      { kind: 'clock', name: 'K1', skew: 3 * MINUTE },
      { kind: 'clock', name: 'K1', skew: -40_000 },
      { kind: 'old-build', name: 'D3' },
    ]
    const said = () => all.map((alert) => alertWords(alert, site.timeZone, NOW))
    setLanguage('en')
    const english = said()
    setLanguage('zh-CN')
    const chinese = said()
    for (const words of [...english, ...chinese]) expect(words).not.toMatch(/[{}]/)
    expect(new Set([...english, ...chinese]).size).toBe(2 * all.length)
    expect(english[0]).toBe(
      'K2: nothing heard for 5 minutes. See whether it has power and network; switch it off here if it is not used any more.',
    )
    expect(chinese[7]).toContain('快 3 分钟')
    expect(chinese[8]).toContain('慢 40 秒')
    expect(all.map(alertSubject)).toContain('打印机 P1')
  })
})
