import type { Browser, Page } from '@playwright/test'
import { expect, type Hall, PASSWORD, test } from './hall.ts'
import { holdCard, KIOSK, open, POCKET, sitDown, takeNumber, WALL } from './steps.ts'
import { FAR_ZONE, ZONE } from './zone.ts'

async function askAbout(kiosk: Page, number: string): Promise<void> {
  await kiosk.getByTestId(`missed-letter-${number[0]}`).click()
  for (const digit of number.slice(1)) await kiosk.getByTestId(`missed-digit-${digit}`).click()
  await kiosk.getByTestId('missed-find').click()
}

/** A phone that believes to be in another part of the world. */
async function farPhone(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ viewport: POCKET, timezoneId: FAR_ZONE })
  const page = await context.newPage()
  await page.goto(link)
  return page
}

async function sendHome(browser: Browser, hall: Hall, note: object): Promise<number> {
  const { request } = await browser.newContext({ extraHTTPHeaders: { origin: hall.url } })
  const post = (path: string, data: object) =>
    request.post(`${hall.url}/api/v1${path}`, {
      data,
      headers: { 'idempotency-key': `e2e-${path.replace(/\W/g, '')}-1` },
    })
  await post('/session', { username: 'supervisor', password: PASSWORD })
  return (await post('/sites/nuanan/send-home', { note })).status()
}

test('[KIOSK9] [PHONE9] [PHONE12] [KIOSK15] three matters, one number: chosen at the kiosk, followed on the phone', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const desk1 = await sitDown(browser, hall, 1)
  const desk3 = await sitDown(browser, hall, 3)
  await kiosk.getByTestId('service-residence-permit').click()
  await kiosk.getByTestId('have-all').click()
  await keep(kiosk, 'checkin-care')
  await kiosk.getByTestId('guide').click()
  await expect(kiosk.getByTestId('guide-screen')).toContainText('居民身份证')
  await keep(kiosk, 'checkin-guide')
  await kiosk.getByTestId('guide-done').click()
  await kiosk.getByTestId('add-matters').click()
  await expect(kiosk.getByTestId('order-any')).toBeHidden()
  await keep(kiosk, 'checkin-matters-one')
  await kiosk.getByTestId('matter-social-insurance').click()
  await kiosk.getByTestId('matter-old-age-allowance').click()
  await expect(kiosk.getByTestId('order-sequence')).toHaveAttribute('aria-pressed', 'true')
  await keep(kiosk, 'checkin-matters')
  await kiosk.getByTestId('matters-done').click()
  // The further matters need more papers: these are asked about before the number.
  await kiosk.getByTestId('have-all').click()
  await kiosk.getByTestId('ask-prepare').click()
  await keep(kiosk, 'checkin-prepare')
  await kiosk.getByTestId('prepare-done').click()
  await keep(kiosk, 'checkin-care-three')
  const answered = kiosk.waitForResponse((response) => response.url().endsWith('/tickets'))
  await kiosk.getByTestId('care-no').click()
  const { trackUrl, ticket } = await (await answered).json()
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  await keep(kiosk, 'checkin-ticket-three')

  const phone = await farPhone(browser, trackUrl)
  await expect(phone.getByTestId('step-1')).toContainText('等候中')
  await expect(phone.getByTestId('step-3')).toContainText('接下来')
  await expect(phone.getByTestId('phone-bring')).toContainText('居民身份证')
  // The hall's clock, not the phone's.
  const hour = new Intl.DateTimeFormat('zh-CN', {
    hour: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONE,
  })
  await expect(phone.locator('.page-updated')).toContainText(hour.format(ticket.issuedAt).slice(0, 2))
  await phone.screenshot({ path: 'test-results/screens/phone-steps.png', fullPage: true })

  await desk1.getByTestId('next').click()
  await expect(phone.getByTestId('phone-counter')).toContainText('1')
  await desk1.getByTestId('start').click()
  await expect(phone.getByTestId('step-1')).toContainText('现在 · 1 号窗口')
  await desk1.getByTestId('complete').click()
  await expect(phone.getByTestId('step-1')).toContainText('已办好')
  await expect(phone.getByTestId('step-2')).toContainText('等候中')
  await expect(phone.getByTestId('phone-bring')).toContainText('社会保障卡')
  await phone.screenshot({ path: 'test-results/screens/phone-steps-second.png', fullPage: true })
  await desk3.getByTestId('next').click()
  await expect(desk3.getByTestId('current-number')).toHaveText(ticket.number)
})

test('[SEARCH2] [CHECK2] [CHECK3] [CHECK6] [PREPARE1] [PREPARE4] found by everyday words, missing a paper, and what the counter knows of it', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const wall = await open(browser, `${hall.url}/display/`, WALL)
  const desk = await sitDown(browser, hall, 3)
  await kiosk.getByTestId('search').click()
  await expect(kiosk.getByTestId('search-field')).toBeFocused()
  await kiosk.keyboard.type('kbbx')
  await expect(kiosk.getByTestId('service-medical-insurance')).toBeVisible()
  await expect(kiosk.getByTestId('service-housing')).toHaveCount(0)
  await kiosk.getByTestId('search-clear').click()
  await keep(kiosk, 'checkin-search')
  await kiosk.getByTestId('say-查养老金').click()
  await kiosk.getByTestId('service-social-insurance').click()

  await kiosk.getByTestId('guide').click()
  await expect(kiosk.getByTestId('guide-screen')).toContainText('查询和变更养老')
  await kiosk.getByTestId('guide-done').click()
  await kiosk.getByTestId('have-居民身份证').click()
  await keep(kiosk, 'checkin-check')
  await kiosk.getByTestId('checked').click()
  await expect(kiosk.getByTestId('missing-screen')).toContainText('到发卡的银行补办')
  await kiosk.getByTestId('take-list').click()
  await expect(kiosk.getByTestId('list-qr')).toBeVisible()
  await keep(kiosk, 'checkin-list')
  await kiosk.emulateMedia({ media: 'print' })
  await expect(kiosk.locator('.list-sheet')).toContainText('社会保障卡')
  await expect(kiosk.getByTestId('done')).toBeHidden()
  await kiosk.emulateMedia({ media: 'screen' })
  await kiosk.getByTestId('wait-anyway').click()
  await kiosk.getByTestId('ask-prepare').click()
  await kiosk.getByTestId('prepare-sign-language').click()
  await kiosk.getByTestId('prepare-wheelchair-counter').click()
  await kiosk.getByTestId('prepare-done').click()
  await kiosk.getByTestId('care-no').click()
  await expect(kiosk.getByTestId('ticket-prepared')).toBeVisible()
  expect(await kiosk.content()).not.toMatch(/手语|轮椅/)
  const number = (await kiosk.getByTestId('ticket-number').innerText()).trim()

  await expect(desk.getByTestId(`row-${number}`).getByTestId('to-prepare')).toBeVisible()
  await desk.getByTestId('next').click()
  await expect(desk.getByTestId('current-number')).toHaveText(number)
  await expect(desk.getByTestId('accommodations')).toContainText('手语、轮椅窗口')
  await expect(desk.getByTestId('material-社会保障卡')).toHaveAttribute('data-said', 'missing')
  await keep(desk, 'checkin-desk')
  await desk.getByTestId('seen').click()
  await expect(desk.getByTestId('not-by-voice')).toHaveCount(0)
  await desk.getByTestId('recall').click()
  await expect(desk.getByTestId('not-by-voice')).toBeVisible()
  await expect(wall.locator('main')).toContainText(number)
  expect(await wall.content()).not.toContain('轮椅')
  await desk.keyboard.press('m')
  await expect(desk.getByTestId('all-there')).toBeVisible()
  await desk.getByTestId('material-居民身份证').click()
  await expect(desk.getByTestId('material-居民身份证')).toHaveAttribute('data-said', 'missing')
  // What the counter found is kept.
  await desk.reload()
  await expect(desk.getByTestId('material-居民身份证')).toHaveAttribute('data-said', 'missing')
  await expect(desk.getByTestId('material-社会保障卡')).toHaveAttribute('data-by', 'counter')
  await keep(desk, 'checkin-desk-corrected')
})

test('[KIOSK11] [KIOSK12] [KIOSK13] a card, numbers given out, and why it is not my turn', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const other = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  await expect(kiosk.getByTestId('notice')).toBeVisible()
  await keep(kiosk, 'checkin-home')
  for (const viewport of [KIOSK, { width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
    await kiosk.setViewportSize(viewport)
    for (const size of ['standard', 'large']) {
      await kiosk.evaluate((chosen) => {
        document.documentElement.dataset.size = chosen
      }, size)
      const over = await kiosk.evaluate(() => document.documentElement.scrollHeight - innerHeight)
      expect(over, `${viewport.width} ${size}`).toBeLessThanOrEqual(0)
    }
  }
  await kiosk.setViewportSize(KIOSK)
  await kiosk.reload()

  // One number of legal advice is left besides the sample's, and both stand before the question.
  await hall.apply((file) =>
    file
      .replace(
        'by: [declared, staff]',
        "by: [card, staff]\n  cards: [{ need: lives-alone, pattern: 'LA\\d{6}' }]",
      )
      .replace(
        'name: { zh-CN: 法律咨询, en: Legal advice }',
        'quota: 2\n    name: { zh-CN: 法律咨询, en: Legal advice }',
      ),
  )
  await kiosk.getByTestId('service-legal-advice').click()
  await kiosk.getByTestId('have-all').click()
  await other.getByTestId('service-legal-advice').click()
  await other.getByTestId('have-all').click()
  await expect(kiosk.getByTestId('card-here')).toBeVisible()
  await keep(kiosk, 'checkin-card-only')
  await kiosk.getByTestId('care-no').click()
  await expect(kiosk.getByTestId('ticket-number')).toHaveText('D002')
  await kiosk.getByTestId('done').click()
  await expect(other.getByTestId('card-here')).toBeVisible()
  await other.getByTestId('care-no').click()
  await expect(other.getByTestId('full')).toContainText('今天的号取完了')
  await keep(other, 'checkin-full')
  await other.getByTestId('home').click()
  await expect(other.getByTestId('service-legal-advice')).toContainText('今日号已取完')
  await keep(other, 'checkin-home-full')
  await other.getByTestId('service-legal-advice').click()
  await expect(other.getByTestId('full')).toBeVisible()
  await other.getByTestId('home').click()

  // An ordinary ticket, then one by a card: the second has the earlier turn, and the first may ask why.
  await other.getByTestId('service-housing').click()
  await other.getByTestId('have-all').click()
  await other.getByTestId('care-no').click()
  await expect(other.getByTestId('ticket-number')).toHaveText('D003')
  await other.getByTestId('done').click()
  await kiosk.getByTestId('service-housing').click()
  await kiosk.getByTestId('have-all').click()
  await expect(kiosk.getByTestId('card-here')).toBeVisible()
  await holdCard(kiosk, 'XX999999')
  await expect(kiosk.getByTestId('unknown-card')).toBeVisible()
  await keep(kiosk, 'checkin-unknown-card')
  await holdCard(kiosk, 'LA000042')
  await expect(kiosk.getByTestId('ticket-number')).toHaveText('D004')
  await expect(kiosk.getByTestId('ticket-ahead')).toContainText('0')
  expect(await kiosk.content()).not.toContain('LA000042')
  await kiosk.getByTestId('done').click()

  await kiosk.getByTestId('why').click()
  await askAbout(kiosk, 'D003')
  await expect(kiosk.getByTestId('missed-result')).toHaveAttribute('data-result', 'place')
  await expect(kiosk.getByTestId('place-arrived')).toContainText('2')
  await expect(kiosk.getByTestId('place-earlier')).toContainText('1')
  await keep(kiosk, 'checkin-place')
  await kiosk.getByTestId('done').click()
})

test('[PHONE11] [KIOSK14] [WALL7] after closing: the kiosk says when it opens, the wall that those inside are served, the phone goodbye', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const wall = await open(browser, `${hall.url}/display/`, WALL)
  await expect(wall.getByTestId('unserved-household')).toBeVisible()
  const desk = await sitDown(browser, hall, 1)
  await expect(wall.getByTestId('unserved-household')).toHaveCount(0)
  const called = await takeNumber(kiosk, 'birth-registration', false)
  await kiosk.getByTestId('done').click()
  const { link } = await takeNumber(kiosk, 'residence-permit', false)
  await kiosk.getByTestId('done').click()
  await desk.getByTestId('next').click()
  await expect(desk.getByTestId('current-number')).toHaveText(called.number)
  await keep(wall, 'checkin-wall-open')
  const phone = await open(browser, link, POCKET)
  await hall.apply((file) => file.replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'))
  await expect(kiosk.getByTestId('closed-next')).toContainText('明天 00:00')
  await keep(kiosk, 'checkin-closed')
  await expect(wall.getByTestId('foot')).toContainText('已停止取号', { timeout: 40_000 })
  await keep(wall, 'checkin-wall-closing')
  const note = {
    'zh-CN': '今天的办理时间已过，让您久等了，很抱歉。明早八点半起优先为您办理，请带好今天的号码。',
    en: 'We are closed now and are sorry for your wait. Tomorrow from half past eight you come first.',
  }
  expect(await sendHome(browser, hall, note)).toBe(200)
  await expect(phone.getByTestId('phone-farewell')).toContainText('明早八点半')
  await keep(phone, 'checkin-farewell')
})
