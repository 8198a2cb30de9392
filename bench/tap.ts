import type { Browser, Page } from '@playwright/test'
import { inDemoHall } from './demo-hall.ts'
import { median } from './statistics.ts'

/** How long the next screen of the kiosk takes after a tap, ms; and the same screen in a page that only has to show it. */
export interface Taps {
  median: number
  worst: number
  count: number
  /** The median of the bare page. */
  raw: number
  /** The median over the taps, each against its bare one. */
  ratio: number
}

const SLOWER = 4
const GLASS = { width: 1080, height: 1920 }
/** The first only warms up. */
const VISITS = 6
/** A visit as far as the kiosk decides by itself what comes next. Whatever is tapped goes with its screen. */
const VISIT = [
  'service-residence-permit',
  'guide',
  'guide-done',
  'have-some',
  'checked',
  'take-list',
  'wait-anyway',
  'ask-prepare',
  'prepare-done',
  'care-yes',
]

/** Visits at a kiosk whose processor is four times slower, by turns with a bare page that puts the same screens there. */
export function taps(): Promise<Taps> {
  return inDemoHall(async (browser, { url }) => {
    const kiosk = await slowed(browser)
    const bare = await slowed(browser)
    // The kiosk's styles without its program.
    await bare.route('**/*.js', (asked) => asked.abort())
    await bare.goto(`${url}/kiosk/`)
    const product: number[] = []
    const raw: number[] = []
    for (let visit = 0; visit < VISITS; visit++) {
      await kiosk.goto(`${url}/kiosk/`)
      await kiosk.reload()
      await kiosk.getByTestId('service-housing').waitFor()
      for (const id of VISIT) {
        const before = await pictureOf(kiosk)
        const mine = await tap(kiosk, id)
        const bared = await tapBare(bare, id, before, await pictureOf(kiosk))
        if (visit === 0) continue
        product.push(mine)
        raw.push(bared)
      }
    }
    return {
      median: median(product),
      worst: Math.max(...product),
      count: product.length,
      raw: median(raw),
      ratio: median(product.map((ms, at) => ms / (raw[at] ?? Number.NaN))),
    }
  })
}

async function slowed(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: GLASS })
  const page = await context.newPage()
  const processor = await context.newCDPSession(page)
  await processor.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return page
}

function pictureOf(page: Page): Promise<string> {
  return page.locator('#app').innerHTML()
}

/** Taps; ms from when the finger left the glass until what it touched has gone, and its successor is painted. */
async function tap(page: Page, id: string): Promise<number> {
  const target = page.getByTestId(id)
  await target.evaluate((touched) => {
    const painted = (async () => {
      const { timeStamp } = await new Promise<MouseEvent>((clicked) => {
        addEventListener('click', clicked, { capture: true, once: true })
      })
      do await new Promise(requestAnimationFrame)
      while (touched.isConnected)
      // Behind this frame's painting.
      await new Promise((then) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = then
        port2.postMessage(null)
      })
      return performance.now() - timeStamp
    })()
    Object.assign(globalThis, { painted })
  })
  await target.click()
  return page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted)
}

async function tapBare(bare: Page, id: string, before: string, after: string): Promise<number> {
  await bare.evaluate(
    ([now, next]) => {
      const app = document.querySelector('#app')
      if (!app) throw new Error('a page without a place for screens')
      app.innerHTML = now
      addEventListener('click', () => Object.assign(app, { innerHTML: next }), { once: true })
    },
    [before, after] as const,
  )
  return tap(bare, id)
}

/** A line of the report. */
export function tapsText({ median: middle, worst, count, raw, ratio }: Taps): string {
  const ms = (value: number) => `${value.toFixed(0)} ms`
  return `(f) tap → next screen of the kiosk on a processor ${SLOWER}× slower: median ${ms(middle)}, worst ${ms(worst)} of ${count}; wanted: below 100 ms. A bare page that only puts the same screen there: median ${ms(raw)}; ratio ${ratio.toFixed(2)}.`
}
