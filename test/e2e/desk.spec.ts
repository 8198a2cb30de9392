import type { Page } from '@playwright/test'
import { Client } from '#test/harness/client.ts'
import { expect, type Hall, PASSWORD, test } from './hall.ts'
import { open, sitDown } from './steps.ts'

const SITE = 'nuanan'

async function signedIn(hall: Hall, username: string): Promise<Client> {
  const client = new Client(hall.url)
  await client.signIn(username, PASSWORD)
  return client
}

test('[TRAIL2] [TRAIL3] [CONSOLE26] [KEYS5] a clerk gives a minute more, and takes back what was done last, by keys', async ({
  browser,
  hall,
  keep,
}) => {
  const volunteer = await signedIn(hall, 'volunteer')
  for (let n = 0; n < 2; n++) {
    await volunteer.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
  }
  const desk = await sitDown(browser, hall, 1)
  const press = (key: string) => desk.keyboard.press(key)
  const stands = async (state: string) => {
    await expect(desk.getByTestId('current-state')).toHaveAttribute('data-state', state)
    // The answer may come after the board.
    await expect(desk.locator('[aria-busy]')).toHaveCount(0)
  }

  await press('n')
  await stands('called')
  await press('e')
  await keep(desk, 'console-more')
  await press('2')
  await expect(desk.getByTestId('on-the-way')).toBeVisible()
  // The board is ahead of the answer, and so is the clerk.
  let answer = () => {}
  const pressed = new Promise<void>((resolve) => {
    answer = resolve
  })
  await desk.route('**/start?*', async (route) => {
    const response = await route.fetch()
    await pressed
    await route.fulfill({ response })
  })
  await press('s')
  await expect(desk.getByTestId('current-state')).toHaveAttribute('data-state', 'serving')
  await press('f')
  answer()
  await stands('idle')
  await press('n')
  await stands('called')

  await press('l')
  const ways = () => wayOfEach(desk)
  await expect.poll(ways).toEqual(['undo', 'times', 'followed', 'followed', 'none'])
  await keep(desk, 'console-actions')
  await press('u')
  await stands('idle')
  await press('l')
  await expect.poll(ways).toEqual(['none', 'undone', 'times', 'followed', 'followed', 'none'])
  await press('Escape')
  await expect(desk.getByTestId('sheet')).toHaveCount(0)
})

const wayOfEach = (desk: Page) =>
  desk.locator('[data-way]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-way')))

/** Before the page: counts what the browser is asked to print. */
function countPrints(): void {
  const counted = { prints: 0 }
  Object.assign(globalThis, { counted })
  globalThis.print = () => {
    counted.prints += 1
  }
}

test('[DESK1] [DESK2] [DESK3] [DESK4] [DESK5] [DESK7] [DESK8] a volunteer gives numbers, prints, finds who missed a call, and goes to help, by keys', async ({
  browser,
  hall,
  keep,
}) => {
  const page = await open(browser, `${hall.url}/console/`, { width: 1280, height: 800 })
  await page.addInitScript(countPrints)
  await page.reload()
  await page.getByTestId('username').fill('volunteer')
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('sign-in').click()
  await expect(page.getByTestId('give-residence-permit')).toBeEnabled()
  await keep(page, 'reception-empty')
  const type = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
    await expect(page.locator('[aria-busy]')).toHaveCount(0)
  }
  const found = page.getByTestId('found')

  // Two keys: care, silently, and the number.
  await type('q', '2')
  await expect(found).toHaveText('A001')
  await expect(page.getByTestId('given-qr')).toBeVisible()
  await expect(page.getByTestId('paper')).toHaveAttribute('data-state', 'here')
  await type('p')
  await expect(page.getByTestId('paper')).toHaveAttribute('data-state', 'handed-over')
  await expect(page.locator('.slip')).toContainText('A001')
  // It is printed once it has been drawn.
  await expect
    .poll(() =>
      page.evaluate(() => (globalThis as unknown as { counted: { prints: number } }).counted.prints),
    )
    .toBe(1)
  await keep(page, 'reception-given')

  await type('2')
  await expect(found).toHaveText('A002')
  await type('w')
  await expect(page.getByTestId('asked')).toContainText('您前面有 1 人')
  await keep(page, 'reception-why')
  await type('Escape', 'c')
  await expect(page.getByTestId('give-title')).toContainText('A002')
  await type('7')
  await expect(page.getByTestId('here-A002')).toContainText('住房保障')

  // Somebody misses their call and comes to the reception.
  const clerk = await signedIn(hall, 'counter1')
  await clerk.post('/counters/c1/open')
  const called = (await clerk.post('/counters/c1/call-next')).body.ticket
  await expect(page.getByTestId('here-A001')).toContainText('1 号窗口')
  await clerk.post(`/tickets/${called.ticketId}/no-show`)
  await expect(page.getByTestId('rejoin-A001')).toBeVisible()
  await type('f')
  await page.keyboard.type('1')
  await expect(page.getByTestId('here-A002')).toHaveCount(0)
  await type('Enter')
  await expect(found).toHaveText('A001')
  await keep(page, 'reception-missed')
  await type('r')
  await expect(page.getByTestId('found-state')).toHaveText('等候中')
  await type('x', 'y')
  await expect(page.getByTestId('here-A001')).toHaveCount(0)

  const supervisor = await signedIn(hall, 'supervisor')
  const { token } = (await supervisor.post('/devices', { kind: 'kiosk' })).body
  await new Client(hall.url).withToken(token).post(`/sites/${SITE}/help`)
  await expect(page.getByTestId(/^help-K/)).toHaveAttribute('data-state', 'ringing')
  await type('g')
  await expect(page.getByTestId(/^help-K/)).toHaveAttribute('data-state', 'coming')
  await keep(page, 'reception-help')
})
