import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ownChromium } from '#test/harness/own-chromium.ts'
import { expect, test } from './hall.ts'
import { KIOSK, open, sitDown, WALL } from './steps.ts'

/** Takes a number of the kiosk's own. */
async function takeOwn(kiosk: Page, care: 'care-yes' | 'care-no'): Promise<string> {
  await kiosk.getByTestId('service-residence-permit').click()
  await kiosk.getByTestId('have-all').click()
  await kiosk.getByTestId(care).click()
  const number = kiosk.getByTestId('own-number')
  await expect(number).toBeVisible()
  return (await number.innerText()).trim()
}

/** What of a visit the kiosk's browser still has. */
function keptBook(kiosk: Page): Promise<{ tickets: object[] } | null> {
  return kiosk.evaluate(
    () =>
      new Promise<{ tickets: object[] } | null>((done) => {
        const opening = indexedDB.open('nuanhao.kiosk')
        opening.onsuccess = () => {
          const reading = opening.result.transaction('kept').objectStore('kept').get('book')
          reading.onsuccess = () => {
            opening.result.close()
            done(reading.result ?? null)
          }
        }
      }),
  )
}

test('[OFFLINE1] [OFFLINE3] [OFFLINE4] [OFFLINE5] [KIOSK5] numbers without the server, over a power cut, each brought once and called', async ({
  browser,
  hall,
  keep,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'nuanhao-kiosk-'))
  const first = await ownChromium(profile, `${hall.url}/kiosk/`, KIOSK)
  const wall = await open(browser, `${hall.url}/display/`, WALL)
  await expect(first.page.getByTestId('service-residence-permit')).toBeVisible()
  // Its app is on the disk, and so is what it knows of the hall.
  await first.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await hall.kill()

  await expect(first.page.getByTestId('lost')).toBeVisible({ timeout: 20_000 })
  await expect(first.page.getByTestId('missed')).toHaveCount(0)
  await expect(first.page.getByTestId('away-no-paper')).toBeVisible()
  await keep(first.page, 'offline-home')
  expect(await takeOwn(first.page, 'care-no')).toBe('K1-01')
  await keep(first.page, 'offline-number')
  await first.page.getByTestId('done').click()
  // Asked for care, it asks no reason.
  expect(await takeOwn(first.page, 'care-yes')).toBe('K1-02')

  // Power off, while the second resident still looks at the number.
  await first.kill()
  const { page: kiosk, kill } = await ownChromium(profile, `${hall.url}/kiosk/`, KIOSK)
  await expect(kiosk.getByTestId('lost')).toBeVisible({ timeout: 30_000 })
  await kiosk.getByTestId('language-en').click()
  expect(await takeOwn(kiosk, 'care-no')).toBe('K1-03')
  await keep(kiosk, 'offline-number-en')
  expect((await keptBook(kiosk))?.tickets).toHaveLength(3)
  await kiosk.getByTestId('done').click()

  await hall.start()
  await expect(kiosk.getByTestId('lost')).toHaveCount(0, { timeout: 20_000 })
  const desk = await sitDown(browser, hall, 1)
  await expect(desk.getByTestId(/^row-K1-/)).toHaveCount(3)
  expect((await keptBook(kiosk))?.tickets).toEqual([])
  await expect(wall.getByTestId('waiting-household')).toContainText('3')
  // Whoever asked for care has the head start; the others come as they came.
  for (const number of ['K1-02', 'K1-01', 'K1-03']) {
    await desk.getByTestId('next').click()
    await expect(wall.getByTestId('now-number').first()).toHaveText(number)
    await expect(desk.getByTestId('current-number')).toHaveText(number)
    if (number === 'K1-02') await keep(wall, 'offline-called')
    await desk.getByTestId(number === 'K1-03' ? 'no-show' : 'complete').click()
    await expect(desk.getByTestId('next')).toBeEnabled()
  }
  // The missed one is found by its number.
  await kiosk.getByTestId('missed').click()
  await kiosk.getByTestId('missed-letter-K1').click({ timeout: 40_000 })
  await kiosk.getByTestId('missed-digit-3').click()
  await keep(kiosk, 'offline-find')
  await kiosk.getByTestId('missed-find').click()
  await kiosk.getByTestId('missed-rejoin').click()
  await expect(desk.getByTestId('row-K1-03')).toBeVisible()
  await kill()
  rmSync(profile, { recursive: true, force: true })
})
