import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BUDGETS, weigh } from './budgets.mjs'

let dist: string

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'nuanhao-budgets-'))
  for (const screen of Object.keys(BUDGETS)) {
    mkdirSync(join(dist, screen))
    const page = `<script type="module" src="/${screen}/index.js"></script>`
    writeFileSync(join(dist, screen, 'index.html'), page)
    writeFileSync(join(dist, screen, 'index.js'), 'export{}')
  }
})
afterEach(() => rmSync(dist, { recursive: true, force: true }))

const kiosk = () => weigh(dist).find(({ screen }) => screen === 'kiosk')?.kilobytes
const heavy = () => randomBytes(60_000).toString('base64')

it('[BUDGET1] what a screen’s first script imports is weighed with it, what is loaded later is not', () => {
  expect(kiosk()).toBeLessThan(1)
  writeFileSync(join(dist, 'kiosk/index.js'), 'import{a}from"./part.js";import("./later.js")')
  writeFileSync(join(dist, 'kiosk/part.js'), 'import"./deep.js";export const a=1')
  writeFileSync(join(dist, 'kiosk/deep.js'), `"${heavy()}"`)
  const within = kiosk()
  expect(within).toBeGreaterThan(BUDGETS.kiosk)
  writeFileSync(join(dist, 'kiosk/later.js'), `"${heavy()}"`)
  expect(kiosk()).toBe(within)
})
