import { spawn } from 'node:child_process'
import { type Page, chromium as playwright } from '@playwright/test'
import { chromium } from '#test/parts/chromium.ts'
import { freePort } from '#test/parts/service.ts'

/** A browser of its own, as a kiosk has it: with a profile that outlives it. */
export interface OwnChromium {
  page: Page
  /** Ends it at once with all its processes, as a power cut would. */
  kill(): Promise<void>
}

/** Starts a browser on a profile folder, and opens an address. */
export async function ownChromium(
  profile: string,
  url: string,
  viewport: { width: number; height: number },
): Promise<OwnChromium> {
  const { executablePath, args } = chromium()
  const port = await freePort()
  const own = [`--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, '--headless=new']
  const size = `--window-size=${viewport.width},${viewport.height}`
  const browser = spawn(executablePath, [...args, ...own, size, 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((done) => browser.once('exit', done))
  await new Promise<void>((ready, failed) => {
    let said = ''
    browser.once('exit', () => failed(new Error(`The browser ended: ${said}`)))
    browser.stderr.on('data', (text) => {
      said += text
      if (said.includes('DevTools listening on')) ready()
    })
  })
  const remote = await playwright.connectOverCDP(`http://127.0.0.1:${port}`)
  const [context] = remote.contexts()
  if (!context) throw new Error('the browser has no context')
  const page = context.pages()[0] ?? (await context.newPage())
  await page.setViewportSize(viewport)
  await page.goto(url)
  return {
    page,
    kill: async () => {
      // A group of its own: its helpers go with it.
      if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL')
      await ended
    },
  }
}
