import { type Browser, chromium as playwright } from '@playwright/test'
import { chromium } from '#test/parts/chromium.ts'
import { startEndlessHall } from './endless-hall.ts'

/** What the page holds after so many calls, with its rubbish collected. */
export interface Held {
  calls: number
  /** Bytes of JavaScript. */
  heap: number
  nodes: number
  listeners: number
}

export interface EndlessWall {
  first: Held
  last: Held
  /** Announcements that began. */
  said: number
  seconds: number
  /** Empty when it holds. */
  failures: string[]
}

/** The clock of the hall between two calls, ms: ten hours and more of calls fit into its day. */
const BETWEEN = 6_000
/** Five minutes after midnight at the site. */
const START = Date.parse('2026-03-01T16:05:00Z')
/** How many times as much it may hold in the end. */
const MORE = 1.05

/** The clock Playwright puts into a page. Moved from within, because `page.clock` keeps every move for later pages. */
type Clocked = typeof globalThis & { __pwClock: { controller: { runFor(ms: number): Promise<void> } } }

/** Lets the real page of the display live through `calls` calls; its clock runs as fast as it can. [WALL17] */
export async function endlessWall({
  calls,
  from,
  warmth = MORE,
  say = () => {},
}: {
  calls: number
  /** What is held after so many calls is what it is held against. */
  from: number
  /** How many times as large the heap may be in the end. */
  warmth?: number
  say?: (line: string) => void
}): Promise<EndlessWall> {
  const began = Date.now()
  const hall = await startEndlessHall(START)
  const { executablePath, args } = chromium()
  let browser: Browser | null = null
  try {
    browser = await playwright.launch({
      executablePath,
      args: [...args, '--autoplay-policy=no-user-gesture-required', '--mute-audio'],
    })
    const context = await browser.newContext({
      viewport: { width: 1920, height: 1080 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    })
    const page = await context.newPage()
    const failures: string[] = []
    page.on('pageerror', ({ message }) => failures.push(message))
    await page.clock.install({ time: START })
    await page.goto(`${hall.url}/display/`)
    await page.locator('.wall').waitFor()
    const tools = await context.newCDPSession(page)
    await tools.send('HeapProfiler.enable')
    await tools.send('Performance.enable')
    const hold = async (after: number): Promise<Held> => {
      // Several times: what one leaves to finalisers, the next takes.
      for (let i = 0; i < 4; i++) await tools.send('HeapProfiler.collectGarbage')
      const { metrics } = await tools.send('Performance.getMetrics')
      const { nodes, jsEventListeners } = await tools.send('Memory.getDOMCounters')
      const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
      return { calls: after, heap, nodes, listeners: jsEventListeners }
    }

    let first: Held | null = null
    let said = 0
    let caption = ''
    for (let n = 1; n <= calls; n++) {
      const number = hall.call(START + n * BETWEEN)
      const shown = await page.evaluate(
        async ({ number, ms }) => {
          const { controller } = (globalThis as Clocked).__pwClock
          let seen: string | null | undefined
          // The word of the server comes in its own time; the clock all but stands until it is there.
          for (let turn = 0; turn < 200_000; turn++) {
            seen = document.querySelector('[data-testid="now-number"]')?.textContent
            if (seen === number) break
            await new Promise<unknown>((resolve) => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = resolve
              port2.postMessage(null)
            })
            // On a busy machine that word takes its time, and all this while the wall must not grow old.
            if (turn % (turn < 2_000 ? 20 : 2_000) === 19) await controller.runFor(1)
          }
          await controller.runFor(ms)
          return { seen, caption: document.querySelector('[data-saying="true"]')?.textContent ?? '' }
        },
        { number, ms: BETWEEN },
      )
      if (shown.seen !== number && failures.length < 10)
        failures.push(`call ${n}: ${shown.seen} stands instead of ${number}`)
      if (shown.caption !== caption) {
        caption = shown.caption
        if (caption !== '') said++
      }
      if (n === from) first = await hold(n)
      if (n % 1_000 === 0) say(`  ${n} calls`)
    }
    const last = await hold(calls)
    if (!first) throw new Error(`there is no call ${from} of ${calls}`)
    for (const what of ['heap', 'nodes', 'listeners'] as const) {
      if (!(last[what] <= first[what] * (what === 'heap' ? warmth : MORE)))
        failures.push(`${what}: ${first[what]} after ${from} calls, ${last[what]} after ${calls}`)
    }
    return { first, last, said, seconds: (Date.now() - began) / 1_000, failures }
  } finally {
    await browser?.close()
    await hall.stop()
  }
}
