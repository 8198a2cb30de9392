import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import express from 'express'
import { expect, test } from './hall.ts'
import { DESK, KIOSK, open, WALL } from './steps.ts'

test.use({ serviceWorkers: 'allow' })

/** Until its worker has every file of the screen. */
async function whenInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
}

test('[OFFLINE1] kiosk, console and display open with the server away, and keep nothing of the API', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const desk = await open(browser, `${hall.url}/console/?counter=c1`, DESK)
  const wall = await open(browser, `${hall.url}/display/`, WALL)
  await expect(kiosk.getByTestId('service-residence-permit')).toBeVisible()
  await expect(desk.getByTestId('sign-in')).toBeVisible()
  await expect(wall.getByTestId('waiting-household')).toBeVisible()
  const refused: string[] = []
  for (const page of [kiosk, desk, wall]) {
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text())
    })
    await whenInstalled(page)
  }
  await hall.kill()
  for (const page of [kiosk, desk, wall]) {
    await page.reload()
    await expect(page.locator('link[rel=manifest]')).toHaveCount(1)
    const kept = await page.evaluate(async () => {
      const all = await Promise.all(
        (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
      )
      return all.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.filter((path) => !/^\/(kiosk|console|display)\//.test(path))).toEqual([])
  }
  await expect(wall.getByTestId('waiting-household')).toBeVisible()
  await expect(desk.locator('#app')).not.toBeEmpty()
  await expect(kiosk.locator('#app')).not.toBeEmpty()
  await keep(desk, 'console-server-away')
  await hall.start()
  await desk.reload()
  await expect(desk.getByTestId('sign-in')).toBeVisible()
  expect(refused).toEqual([])
})

test('[OFFLINE2] a newer build takes over once nobody has touched the screen for minutes', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'nuanhao-build-'))
  cpSync('dist', folder, { recursive: true })
  const server = express().use(express.static(folder)).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  const context = await browser.newContext({ viewport: KIOSK })
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(`http://127.0.0.1:${port}/kiosk/`)
  await whenInstalled(page)

  const index = join(folder, 'kiosk/index.html')
  writeFileSync(index, readFileSync(index, 'utf8').replace('<head>', '<head><meta name="newer">'))
  appendFileSync(join(folder, 'kiosk/worker.js'), '\n// newer')
  const waits = page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await new Promise((found) => registration.addEventListener('updatefound', found))
    const { installing } = registration
    await new Promise<void>((installed) => {
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed') installed()
      })
    })
  })
  // It is looked for every half hour, in which somebody touches the screen again and again.
  for (let minutes = 0; minutes < 32; minutes += 4) {
    await page.mouse.click(10, 10)
    await page.clock.runFor(4 * 60_000)
  }
  await waits
  await page.mouse.click(10, 10)
  await page.clock.runFor(4 * 60_000)
  await expect(page.locator('meta[name=newer]')).toHaveCount(0)
  const takenOver = page.evaluate(async () => {
    await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done))
  })
  const again = page.waitForEvent('load')
  await page.clock.runFor(61_000)
  // The worker changes, and then the page.
  await takenOver
  await page.clock.runFor(11_000)
  await again
  await expect(page.locator('meta[name=newer]')).toHaveCount(1)
  await context.close()
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})
