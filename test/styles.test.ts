import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Declarations that name a side of the screen instead of a side of the text. */
const PHYSICAL = [
  /^(?:left|right|top|bottom)$/,
  /^(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b/,
  /^border-(?:top|bottom)-(?:left|right)-radius$/,
]
const BY_VALUE = /^(?:text-align|float|clear)$/

/** The declarations of a style sheet, without its comments. */
function declarations(text: string): { property: string; value: string }[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '')
  return [...bare.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].map(
    ([, property = '', value = '']) => ({ property, value: value.trim() }),
  )
}

function physical(text: string): string[] {
  return declarations(text)
    .filter(
      ({ property, value }) =>
        PHYSICAL.some((side) => side.test(property)) ||
        (BY_VALUE.test(property) && /^(?:left|right)\b/.test(value)),
    )
    .map(({ property, value }) => `${property}: ${value}`)
}

it('[STYLE1] sides in the styles are those of the text, so that a language from right to left is mirrored', () => {
  expect(physical('a { margin-left: 1px; inset-inline-start: 0; text-align: right }')).toHaveLength(2)
  expect(physical('a:hover { color: red; left: 0 }')).toEqual(['left: 0'])
  const sheets = ['ui', 'kiosk', 'display', 'console', 'phone', 'manage', 'pad'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.css'))
      .map((file) => join(folder, file)),
  )
  expect(sheets.length).toBeGreaterThan(20)
  const found = sheets.flatMap((file) =>
    physical(readFileSync(join(root, file), 'utf8')).map((what) => `${file}: ${what}`),
  )
  expect(found).toEqual([])
})
