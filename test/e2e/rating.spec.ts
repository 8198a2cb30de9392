import { expect, PASSWORD, test } from './hall.ts'
import { KIOSK, open, POCKET, sitDown, takeNumber } from './steps.ts'

const TABLET = { width: 1024, height: 768 }
const OFFICE = { width: 1280, height: 800 }
const WORDS = '材料清单可以再清楚一点'

test('[PHONE14] [PHONE17] [RATE8] a phone asks for more time, is called, served and rates; the day’s page shows it', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const desk = await sitDown(browser, hall, 2)
  const tablet = await open(browser, `${hall.url}/display/#rate=c2`, TABLET)
  await expect(tablet.getByTestId('tablet-hall')).toBeVisible()
  await keep(tablet, 'tablet-hall')
  const { number, link } = await takeNumber(kiosk, 'residence-permit', false)
  await kiosk.getByTestId('done').click()
  const others: string[] = []
  for (let n = 0; n < 2; n++) {
    others.push((await takeNumber(kiosk, 'residence-permit', false)).number)
    await kiosk.getByTestId('done').click()
  }
  const phone = await open(browser, link, POCKET)
  await expect(phone.getByTestId('phone-number')).toHaveText(number)
  await expect(phone).toHaveTitle(`下一位就是您 · ${number}`)
  await keep(phone, 'phone-next')

  // Not ready yet: the two behind go first, after a second yes.
  await phone.getByTestId('more-time').click()
  await keep(phone, 'phone-let-first')
  await phone.getByTestId('let-first-sure').click()
  await expect(phone.getByTestId('more-time-said')).toBeVisible()
  await expect(phone.getByTestId('phone-ahead')).toContainText('2')
  await keep(phone, 'phone-let-first-done')
  for (const first of others) {
    await desk.getByTestId('next').click()
    await expect(desk.getByTestId('current-number')).toHaveText(first)
    await desk.getByTestId('complete').click()
    await expect(desk.getByTestId('next')).toBeEnabled()
  }
  await expect(tablet.getByTestId('rating')).toBeVisible()
  await keep(tablet, 'tablet-asking')

  await tablet.getByTestId('level-5').click()
  await expect(tablet.getByTestId('rating-done')).toBeVisible()
  await keep(tablet, 'tablet-given')
  await tablet.getByTestId('rating-done').click()
  await expect(tablet.getByTestId('rating-thanks')).toBeVisible()
  await expect(tablet.getByTestId('tablet-hall')).toBeVisible()

  // Called, and on the way: the counter sees it.
  await desk.getByTestId('next').click()
  await expect(phone.getByTestId('phone-counter')).toHaveText('2')
  await keep(phone, 'phone-called')
  await phone.getByTestId('more-time').click()
  await expect(phone.getByTestId('more-time-said')).toBeVisible()
  await expect(phone.getByTestId('more-time')).toHaveCount(0)
  await keep(phone, 'phone-minute')
  await expect(desk.getByTestId('on-the-way')).toBeVisible()
  await keep(desk, 'console-on-the-way')
  // A desk that somebody else has just changed takes no press for a moment. [KEYS3]
  await expect(async () => {
    await desk.keyboard.press('s')
    await expect(desk.getByTestId('current-state')).toHaveAttribute('data-state', 'serving', { timeout: 500 })
  }).toPass()
  await expect(desk.getByTestId('on-the-way')).toHaveCount(0)
  // Whoever is served is nobody's rating but their own.
  await expect(tablet.getByTestId('tablet-hall')).toBeVisible()
  await desk.getByTestId('complete').click()

  await expect(phone.getByTestId('rating')).toBeVisible()
  await keep(phone, 'phone-rating')
  await phone.getByTestId('level-2').click()
  await phone.getByTestId('tag-208').click()
  await phone.getByTestId('rating-text').fill(WORDS)
  await keep(phone, 'phone-rating-more')
  await phone.getByTestId('rating-add').click()
  await expect(phone.getByTestId('rating-thanks')).toBeVisible()
  // The tablet asks, too; it has been rated.
  await tablet.getByTestId('level-5').click()
  await expect(tablet.getByTestId('rating')).toContainText('已经评价过了')
  await phone.getByTestId('suggest-open').click()
  await phone.getByTestId('suggest-text').fill('椅子再多几把就好了')
  await keep(phone, 'phone-suggest')
  await phone.getByTestId('suggest-send').click()
  await expect(phone.getByTestId('suggest-thanks')).toBeVisible()

  const page = await open(browser, `${hall.url}/manage/#/day`, OFFICE)
  await page.getByTestId('username').fill('supervisor')
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('sign-in').click()
  await expect(page.getByTestId('ratings-residence-permit')).toContainText('少于五位')
  await expect(page.getByTestId('ratings-residence-permit').getByRole('cell').nth(0)).toHaveText('3')
  await expect(page.getByTestId('ratings-residence-permit').getByRole('cell').nth(1)).toHaveText('2')
  await expect(page.getByTestId('feedback-unread')).toContainText('2')
  await expect(page.getByText(WORDS)).toHaveCount(0)
  await page.getByTestId('feedback-read').click()
  await expect(page.getByTestId('feedback-item')).toHaveCount(2)
  await expect(page.getByText(WORDS)).toBeVisible()
  await page.getByTestId('feedback-read').waitFor({ state: 'detached' })
  await page.getByText(WORDS).scrollIntoViewIfNeeded()
  await keep(page, 'manage-feedback')
  await page.getByTestId('ratings').scrollIntoViewIfNeeded()
  await keep(page, 'manage-ratings')
})

test('[CONTRACT6] scripts travel compressed, answers of the API do not', async ({ hall, request }) => {
  const encoding = async (path: string) =>
    (await request.get(`${hall.url}${path}`, { headers: { 'accept-encoding': 'gzip' } })).headers()[
      'content-encoding'
    ]
  const page = await (await request.get(`${hall.url}/phone/`)).text()
  const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? ''
  expect(await encoding(script)).toBe('gzip')
  expect(await encoding('/api/openapi.json')).toBeUndefined()
})
