import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { metresOf, readableFrom, reading, remOf } from '#ui/reading-distance.ts'

const wide = (inches: number) => ({ inches, width: 1920, height: 1080 })
const upright = (inches: number) => ({ inches, width: 1080, height: 1920 })

describe('how far away a call can be read', () => {
  test('[WALL13] a metre asks for 12.2 mm: 43″ have 0.4958 mm a pixel, 55″ 0.6342', () => {
    expect(12.2 / metresOf(1, wide(43)) / 12.2).toBeCloseTo(12.2 / 0.4958, 1)
    expect(metresOf(12.2 / 0.4958, wide(43))).toBeCloseTo(1, 3)
    expect(metresOf(12.2 / 0.6342, upright(55))).toBeCloseTo(1, 3)
    // 4K with the same picture has half the millimetres and twice the pixels.
    expect(metresOf(200, { inches: 43, width: 3840, height: 2160 })).toBeCloseTo(metresOf(100, wide(43)), 9)
  })

  test('[WALL13] a rem grows with the screen', () => {
    expect([remOf(wide(43)), remOf(upright(43)), remOf({ width: 3840, height: 2160 })]).toEqual([16, 16, 32])
  })

  test('[WALL13] docs/DISPLAY.md says what comes of it', () => {
    const page = readFileSync(new URL('../docs/DISPLAY.md', import.meta.url), 'utf8')
    const rows = [
      ['wide', wide],
      ['upright', upright],
    ] as const
    for (const [form, screen] of rows) {
      for (const inches of [43, 55]) {
        const each = ([3, 2, 1, 'alone'] as const).map((stand) =>
          readableFrom(screen(inches), stand, false).toFixed(1),
        )
        expect(page).toContain(
          `| ${form === 'wide' ? 'landscape' : 'portrait'} | ${inches}″ | ${each.join(' | ')} |`,
        )
      }
    }
  })

  test('[WALL13] the farther the last seats, the fewer calls stand at once; what no size reaches is said', () => {
    const screen = wide(55)
    expect(reading(screen, null, false)).toMatchObject({ stand: 3, enough: true })
    let before = 3
    for (let metres = 1; metres < 20; metres += 0.1) {
      const { stand, metres: far, enough } = reading(screen, metres, false)
      const now = stand === 'alone' ? 0 : stand
      expect(now).toBeLessThanOrEqual(before)
      expect(enough).toBe(far >= metres)
      if (!enough) expect(stand).toBe('alone')
      before = now
    }
    expect(before).toBe(0)
    expect(reading(wide(32), 6, false).enough).toBe(false)
  })
})

describe('what moves', () => {
  const styles = readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.css'))
    .map((name) => ({ name, text: readFileSync(new URL(name, import.meta.url), 'utf8') }))

  test('[WALL14] nothing flashes more than once a second, and whoever asked for less motion sees none', () => {
    let animated = 0
    for (const { name, text } of styles) {
      const still = text.split('@media (prefers-reduced-motion: reduce)').slice(1).join()
      for (const [, what = '', seconds = ''] of text.matchAll(/animation: ([\w-]+) ([\d.]+m?s)/g)) {
        animated++
        const ms = seconds.endsWith('ms') ? Number.parseFloat(seconds) : Number.parseFloat(seconds) * 1000
        // What comes once may be quicker than what repeats.
        if (!new RegExp(`animation: ${what} ${seconds} [^;]*\\) \\d|${what} .* infinite`).test(text)) continue
        expect(ms, `${what} in ${name}`).toBeGreaterThanOrEqual(1_000)
        expect(still, name).toContain('animation: none')
      }
    }
    expect(animated).toBeGreaterThan(2)
  })
})
