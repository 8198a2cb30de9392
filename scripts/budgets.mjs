// What a screen may weigh before it shows anything: its first scripts, as they are sent.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The most that the first scripts of each screen may weigh, gzip, KiB. */
export const BUDGETS = { kiosk: 50, display: 45, console: 60, phone: 35, manage: 50, pad: 35 }

/**
 * @typedef {{ screen: string, kilobytes: number, budget: number }} Weight
 * @param {string} dist the folder of the built screens
 * @returns {Weight[]} of each screen with a budget; throws when one is not built
 */
export function weigh(dist) {
  return Object.entries(BUDGETS).map(([screen, budget]) => {
    const page = readFileSync(join(dist, screen, 'index.html'), 'utf8')
    const entries = [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, address = '']) => address)
    if (entries.length === 0) throw new Error(`dist/${screen}/index.html has no script`)
    const bytes = [...withImports(dist, entries)].reduce(
      (sum, file) => sum + gzipSync(readFileSync(file)).length,
      0,
    )
    return { screen, kilobytes: Math.round((bytes / 1024) * 10) / 10, budget }
  })
}

/**
 * The files of these addresses and all they import before they run; what is loaded later weighs nothing here.
 *
 * @param {string} dist
 * @param {string[]} entries such as `/kiosk/assets/index-1.js`
 * @returns {Set<string>}
 */
function withImports(dist, entries) {
  const files = new Set(entries.map((address) => join(dist, address)))
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const [, beside = ''] of text.matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g)) {
      files.add(join(file, '..', beside))
    }
  }
  return files
}

/**
 * Says what each screen weighs.
 *
 * @param {string} dist
 * @returns {boolean} whether all are within their budgets
 */
export function withinBudgets(dist) {
  const weights = weigh(dist)
  for (const { screen, kilobytes, budget } of weights) {
    const mark = kilobytes > budget ? '✗' : '✓'
    console.log(`${mark} ${screen}: ${kilobytes.toFixed(1)} KiB of ${budget} KiB`)
  }
  return weights.every(({ kilobytes, budget }) => kilobytes <= budget)
}
