import { readFile } from 'node:fs/promises'
import type { Browser, Page } from '@playwright/test'
import { expect, type Hall, PASSWORD, test } from './hall.ts'
import { KIOSK, open, sitDown, takeNumber } from './steps.ts'

const OFFICE = { width: 1280, height: 800 }
/** A4 at 96 dots to the inch, without its margins. */
const PAPER = { width: 680, height: 1017 }
const SMALL = { width: 1024, height: 600 }

async function supervise(browser: Browser, hall: Hall, username = 'supervisor'): Promise<Page> {
  const page = await open(browser, `${hall.url}/manage/`, OFFICE)
  await page.getByTestId('username').fill(username)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('sign-in').click()
  return page
}

test('[MANAGE1] [MANAGE2] [ERASE1] [ERASE2] a lane past the cap, with advice; the day’s page and its sheet', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const take = async (service: string, care = false) => {
    const { number } = await takeNumber(kiosk, service, care)
    await kiosk.getByTestId('done').click()
    return number
  }
  const desk = await sitDown(browser, hall, 1)
  const other = await sitDown(browser, hall, 6)
  await other.getByTestId('pause').click()
  const served = await take('birth-registration', true)
  await desk.getByTestId('next').click()
  await desk.getByTestId('start').click()
  await take('residence-permit')
  await take('residence-permit')
  await take('social-insurance')
  const held = await take('birth-registration')

  const page = await supervise(browser, hall)
  // With the sample ticket of a demo hall.
  await expect(page.getByTestId('figure-waiting')).toHaveText('5')
  await expect(page.getByTestId('lane-household')).toHaveAttribute('data-state', 'in-time')
  await expect(page.getByTestId('counter-c1')).toContainText(served)

  // Fifty minutes later nobody else has come to help.
  await hall.kill()
  await hall.age(50 * 60_000)
  await hall.start()
  // No event told of it: the page asks for the board anew.
  await page.reload()
  await expect(page.getByTestId('lane-household')).toHaveAttribute('data-state', 'over-cap', {
    timeout: 20_000,
  })
  await expect(page.getByTestId('advice-household')).toContainText('请开放 2 号窗口。或者 6 号窗口。')
  await expect(page.getByTestId('figure-over-cap')).not.toHaveText('0')
  await expect(page.getByTestId('figure-longest')).toContainText('50')

  // A hold and a call out of turn show at once, as they happen at the counters.
  // The desk is in touch again: one that still comes back shows what is pressed later.
  await desk.reload()
  await desk.getByTestId('complete').click()
  await desk.getByTestId('next').click()
  await desk.getByTestId('start').click()
  await desk.getByTestId('hold').click()
  await desk.getByTestId('hold-fetching').click()
  await expect(page.getByTestId('held')).toContainText('A002')
  await keep(page, 'manage-hall')
  await desk.getByTestId('resume-here-A002').click()
  await expect(page.getByTestId('exception-A002')).toContainText('在窗口恢复')
  await expect(page.getByTestId('held-A002')).toHaveCount(0)
  expect(held).toBe('A004')
  await page.setViewportSize(SMALL)
  await keep(page, 'manage-hall-small')
  await page.getByTestId('language-en').click()
  await page.setViewportSize(OFFICE)
  await keep(page, 'manage-hall-en')
  await page.getByTestId('language-zh-CN').click()

  await desk.getByTestId('complete').click()
  await page.getByTestId('page-day').click()
  await expect(page.getByTestId('day-served')).toHaveText('2')
  await expect(page.getByTestId('day-issued')).toHaveText('6')
  await expect(page.getByTestId('late-A002')).toBeVisible()
  await page.screenshot({ path: 'test-results/screens/manage-day.png', fullPage: true })
  await page.getByTestId('language-en').click()
  await page.screenshot({ path: 'test-results/screens/manage-day-en.png', fullPage: true })
  await page.getByTestId('language-zh-CN').click()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByTestId('refresh')).toBeHidden()
  await page.setViewportSize(PAPER)
  await page.screenshot({ path: 'test-results/screens/manage-day-paper.png', fullPage: true })
  await page.setViewportSize(OFFICE)
  await page.emulateMedia({ media: 'screen' })

  const download = page.waitForEvent('download')
  await page.getByTestId('sheet').click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^nuanhao-\d{4}-\d\d-\d\d\.csv$/)
  expect((await readFile(await file.path())).toString('utf8')).toContain('已办结 Served,2')

  // Somebody asks for what is kept of them, and then to have it erased.
  await page.getByTestId('resident-number').fill(served.toLowerCase())
  await page.getByTestId('resident-find').click()
  await expect(page.getByTestId('resident-found')).toContainText('还保存着')
  await expect(page.getByTestId('resident-export')).toBeDisabled()
  await page.getByTestId('resident-by-own-ticket').check()
  const taken = page.waitForEvent('download')
  await page.getByTestId('resident-export').click()
  const kept = JSON.parse((await readFile(await (await taken).path())).toString('utf8'))
  expect(kept.ticket).toMatchObject([{ number: served }])
  await expect(page.getByTestId('resident-said')).toContainText('已导出')
  await page.getByTestId('resident-erase').click()
  await expect(page.getByTestId('resident-erase-yes')).toBeDisabled()
  await page.getByTestId('resident-confirm').fill(served)
  await keep(page, 'manage-resident')
  await page.getByTestId('resident-erase-yes').click()
  await expect(page.getByTestId('resident-said')).toContainText('已删除 1 项')
  await expect(page.getByTestId('resident-found')).toHaveCount(0)

  await page.getByTestId('day-before').click()
  await expect(page.getByTestId('day-issued')).toHaveText('0')
  await page.getByTestId('day-after').click()
  await expect(page.getByTestId('day-issued')).toHaveText('6')
  await expect(page.getByTestId('day-after')).toHaveCount(0)
})

test('[ROLE7] an administrator sees where numbers stand, not why, and is told so', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const page = await supervise(browser, hall, 'admin')
  const desk = await sitDown(browser, hall, 1)
  const { number } = await takeNumber(kiosk, 'birth-registration', true)
  await desk.getByTestId('next').click()
  await expect(page.getByTestId('counter-c1')).toContainText(number)
  await desk.getByTestId('start').click()
  await desk.getByTestId('hold').click()
  await desk.getByTestId('hold-fetching').click()
  const held = page.getByTestId(`held-${number}`)
  await expect(held).toContainText('分钟')
  await expect(held).not.toContainText('材料')
  await expect(page.getByTestId('figure-care')).toHaveText('—')
  await expect(page.getByTestId('overview-part')).toContainText('这里不显示')
  await keep(page, 'manage-hall-overview')
  await page.getByTestId('page-day').click()
  await expect(page.getByTestId('day-issued')).toHaveText('2')
  await expect(page.locator('main')).toContainText('关怀号的数目在当天结束后')
  await page.getByTestId('page-audit').click()
  await expect(page.getByTestId('audit-part')).toBeVisible()
  await expect(page.locator('.audit-table tbody tr').first()).toBeVisible()
  const other = await supervise(browser, hall)
  await expect(other.getByTestId(`held-${number}`)).toContainText('材料')
  await expect(other.getByTestId('overview-part')).toHaveCount(0)
})

test('[MANAGE4] [SHIFT6] whoever opens the other’s page is told where their place is', async ({
  browser,
  hall,
  keep,
}) => {
  const page = await supervise(browser, hall, 'counter1')
  await expect(page.getByTestId('not-for-you')).toContainText('窗口')
  await keep(page, 'manage-not-for-you')
  await page.getByTestId('sign-out').click()
  await expect(page.getByTestId('username')).toBeVisible()
  await keep(page, 'manage-sign-in')
  const desk = await open(browser, `${hall.url}/console/`, { width: 1280, height: 800 })
  await desk.getByTestId('username').fill('admin')
  await desk.getByTestId('password').fill(PASSWORD)
  await desk.getByTestId('password').press('Enter')
  await expect(desk.getByTestId('not-here').getByRole('link')).toHaveAttribute('href', '/manage/')
  await keep(desk, 'console-not-here')
})

test('[AUDIT9] the audit is searched, and taken away as a sheet', async ({ browser, hall, keep }) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const { number } = await takeNumber(kiosk, 'housing', false)
  await supervise(browser, hall, 'nobody')
  const page = await supervise(browser, hall)
  await page.getByTestId('page-audit').click()
  const rows = page.locator('.audit-table tbody tr')
  await expect(rows.first()).toContainText('登录')
  await page.getByTestId('audit-number').fill(number.toLowerCase())
  await page.getByTestId('audit-search').click()
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText(`取号${number}`)
  await page.getByTestId('audit-what').selectOption('refused')
  await page.getByTestId('audit-search').click()
  await expect(page.getByTestId('audit-none')).toBeVisible()
  await page.getByTestId('audit-what').selectOption('')
  const download = page.waitForEvent('download')
  await page.getByTestId('audit-sheet').click()
  const file = await download
  expect((await readFile(await file.path())).toString('utf8')).toContain(`ticket:issued,${number},`)
  await page.getByTestId('audit-number').fill('')
  await page.getByTestId('audit-search').click()
  await expect(rows.first()).toContainText('导出审计')
  await keep(page, 'manage-audit')
  await page.getByTestId('language-en').click()
  await keep(page, 'manage-audit-en')
})

test('[APIKEY6] the administrator makes a key for a website, and takes it back', async ({
  browser,
  hall,
  keep,
}) => {
  const other = await supervise(browser, hall)
  await other.getByTestId('page-audit').waitFor()
  await expect(other.getByTestId('page-api-keys')).toHaveCount(0)
  const page = await supervise(browser, hall, 'admin')
  await page.getByTestId('page-api-keys').click()
  await page.getByLabel('给谁用').fill('街道网站')
  await page.getByLabel('大厅现况').check()
  await keep(page, 'manage-api-keys')
  await page.getByTestId('generate').click()
  const secret = await page.getByTestId('secret').innerText()
  await keep(page, 'manage-api-keys-made')
  const ask = () =>
    fetch(`${hall.url}/api/v1/sites/nuanan/board`, { headers: { authorization: `Bearer ${secret}` } })
  expect((await ask()).status).toBe(200)
  await page.getByTestId('saved').click()
  await expect(page.locator('.api-keys')).not.toContainText(secret)
  await expect(page.getByTestId('api-key')).toContainText('街道网站')
  await page.getByTestId('revoke').click()
  await page.getByTestId('revoke-now').click()
  await expect(page.getByTestId('api-key')).toHaveCount(0)
  expect((await ask()).status).toBe(401)
})

test('[SIGNIN11] the administrator gives a clerk who forgot theirs a new password, and sees it once', async ({
  browser,
  hall,
  keep,
}) => {
  const desk = await sitDown(browser, hall, 1)
  const other = await supervise(browser, hall)
  await other.getByTestId('page-account').click()
  await other.getByTestId('hall-sessions').waitFor()
  await expect(other.getByTestId('give-password')).toHaveCount(0)
  const page = await supervise(browser, hall, 'admin')
  await page.getByTestId('page-account').click()
  await expect(page.getByTestId('account-admin')).toHaveCount(0)
  const clerk = page.getByTestId('account-counter1')
  await clerk.getByTestId('give-password').click()
  await page.getByTestId('give-password-not').click()
  await desk.reload()
  await expect(desk.getByTestId('next')).toBeVisible()
  await clerk.getByTestId('give-password').click()
  await page.getByTestId('give-password-now').click()
  const password = await page.getByTestId('given-password').innerText()
  await keep(page, 'manage-given-password')
  await expect(desk.getByTestId('sign-in')).toBeVisible()
  // Only the supervisor's is left among the sign-ins of others.
  await expect(page.getByTestId('end-hall-session')).toHaveCount(1)
  await page.getByTestId('given-done').click()
  await expect(page.getByTestId('account')).not.toContainText(password)
  await expect(clerk).toContainText('还没有换成自己的')
  await desk.getByTestId('username').fill('counter1')
  await desk.getByTestId('password').fill(password)
  await desk.getByTestId('sign-in').click()
  await expect(desk.getByTestId('first-password')).toBeVisible()
})

test('[MANAGE5] tickets left over from another day are sent home with a note', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const { link } = await takeNumber(kiosk, 'housing', false)
  await hall.kill()
  await hall.age(24 * 3_600_000)
  await hall.start()
  const page = await supervise(browser, hall)
  await expect(page.getByTestId('closing')).toContainText('2')
  await page.getByTestId('send-home').click()
  await expect(page.getByTestId('note-0')).toBeChecked()
  await keep(page, 'manage-send-home')
  await page.getByTestId('note-1').check()
  await page.getByTestId('send-home-now').click()
  await expect(page.getByTestId('closing')).toHaveCount(0)
  await expect(page.getByTestId('figure-waiting')).toHaveText('0')
  expect(link).toContain('/phone/')
})
