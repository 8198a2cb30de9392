import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

/** The colours a block of the tokens sets. */
function colours(selector: string): Record<string, string> {
  const from = css.indexOf(`${selector} {`)
  if (from < 0) throw new Error(`no ${selector} in the tokens`)
  const block = css.slice(from, css.indexOf('}', from))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  )
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['paper', 'paper-deep', 'card']
const PAIRS = [
  ...['ink', 'ink-2', 'ink-3', 'accent-deep', 'jade-deep', 'amber', 'madder'].flatMap((ink) =>
    GROUNDS.map((ground) => [ink, ground] as const),
  ),
  ['accent', 'card'],
  ['accent', 'paper'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-deep'],
  ['on-jade', 'jade'],
  ['on-jade', 'jade-deep'],
  ['on-madder', 'madder'],
  ['ink-inverse', 'ink'],
  ['on-practice', 'practice'],
  ['accent-deep', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['jade-deep', 'jade-soft'],
  ['amber', 'amber-soft'],
  ['madder', 'madder-soft'],
] as const

const plain = colours(':root')
describe.each([
  { theme: 'standard', tokens: plain, least: 4.5 },
  { theme: 'dusk', tokens: { ...plain, ...colours('[data-theme="dusk"]') }, least: 4.5 },
  { theme: 'high contrast', tokens: { ...plain, ...colours('[data-contrast="high"]') }, least: 7 },
])('$theme', ({ tokens, least }) => {
  test.each(PAIRS)('[ACCESS5] %s on %s', (ink, ground) => {
    expect(contrast(tokens[ink] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(least)
  })

  test('[ACCESS5] edges and the ring of the focus are seen', () => {
    for (const sign of ['line-strong', 'focus']) {
      for (const ground of GROUNDS) {
        expect(
          contrast(tokens[sign] ?? '', tokens[ground] ?? ''),
          `${sign} on ${ground}`,
        ).toBeGreaterThanOrEqual(3)
      }
    }
  })
})
