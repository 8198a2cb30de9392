import type { Browser, Page } from '@playwright/test'
import { Client } from '#test/harness/client.ts'
import { expect, type Hall, PASSWORD } from './hall.ts'
import { unhindered } from './unhindered.ts'

export const KIOSK = { width: 1080, height: 1920 }
export const WALL = { width: 1920, height: 1080 }
export const DESK = { width: 1366, height: 768 }
export const POCKET = { width: 390, height: 844 }

/** A screen of its own machine: nothing shared with the others. */
export async function open(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  unhindered(page)
  await page.goto(url)
  return page
}

export async function signIn(browser: Browser, hall: Hall, username: string, counter: number): Promise<Page> {
  const page = await open(browser, `${hall.url}/console/?counter=c${counter}`, DESK)
  await page.getByTestId('username').fill(username)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('sign-in').click()
  return page
}

export async function sitDown(browser: Browser, hall: Hall, counter: number): Promise<Page> {
  const page = await signIn(browser, hall, `counter${counter}`, counter)
  await page.getByTestId('open').click()
  await expect(page.getByTestId('next')).toBeEnabled()
  return page
}

/** A call pad of that counter, let in by a supervisor. */
export async function letPadIn(browser: Browser, hall: Hall, counter: string): Promise<Page> {
  const page = await open(browser, `${hall.url}/pad/`, POCKET)
  const supervisor = new Client(hall.url)
  await supervisor.post('/session', { username: 'supervisor', password: PASSWORD })
  const code = (await page.getByTestId('pairing-code').innerText()).slice(-7)
  await supervisor.post('/sites/nuanan/devices', { code, place: { counter } })
  await expect(page.getByTestId('pad')).toBeVisible()
  return page
}

/** Takes a number and gives what the resident sees, with the link of the QR code. */
export async function takeNumber(
  kiosk: Page,
  service: string,
  care: boolean,
): Promise<{ number: string; link: string }> {
  await kiosk.getByTestId(`service-${service}`).click()
  await kiosk.getByTestId('have-all').click()
  const answered = kiosk.waitForResponse((response) => response.url().endsWith('/tickets'))
  if (care) {
    await kiosk.getByTestId('care-yes').click()
    await kiosk.getByTestId('need-none').click()
  } else {
    await kiosk.getByTestId('care-no').click()
  }
  const { trackUrl } = await (await answered).json()
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  return { number: (await kiosk.getByTestId('ticket-number').innerText()).trim(), link: trackUrl }
}

/** A reader that types: signs without a pause, then Enter. */
export async function holdCard(kiosk: Page, number: string): Promise<void> {
  // Within the page: a busy machine would put pauses between the keys.
  await kiosk.evaluate(
    (keys) => {
      for (const key of keys)
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    },
    [...number, 'Enter'],
  )
}
