import { readFile, writeFile } from 'node:fs/promises'
import type { Page, TestInfo } from '@playwright/test'
import { businessDay } from '#domain/calendar.ts'
import { expect, test } from './hall.ts'
import { DESK, KIOSK, open, POCKET, takeNumber } from './steps.ts'
import { ZONE } from './zone.ts'

test.use({ demo: false })

const ADMIN = { username: 'admin', password: 'a-long-password' }
const OFFICE = { width: 1280, height: 800 }

/** The example of the documents, open around the clock but for `days`, with `changed` in place of what it says. */
async function hallFile(info: TestInfo, days: string, ...changed: [string, string][]): Promise<string> {
  const example = await readFile(new URL('../../examples/hall.yaml', import.meta.url), 'utf8')
  const open = example
    .replace('Asia/Shanghai', ZONE)
    .replace(/^hours:\n(?: {2}.*\n)+/m, 'hours:\n  Mon-Sun: 00:00-24:00\n')
    .replace(/^days:\n(?: {2}.*\n)+/m, days === '' ? '' : `days:\n  ${days}\n`)
  const path = info.outputPath('hall.yaml')
  const text = changed.reduce((whole, [from, to]) => {
    expect(whole).toContain(from)
    return whole.replace(from, to)
  }, open)
  await writeFile(path, text)
  return path
}

async function signIn(page: Page, { username, password }: typeof ADMIN): Promise<void> {
  await page.getByTestId('username').fill(username)
  await page.getByTestId('password').fill(password)
  await page.getByTestId('sign-in').click()
}

/** In place of the one that was made up, which was typed a moment ago. */
async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByTestId('new-password').fill(password)
  await page.getByTestId('new-password-again').fill(password)
  await page.getByTestId('save-password').click()
  await expect(page.getByTestId('first-password')).toBeHidden()
}

/** A screen shows a code, and a supervisor who has signed in approves it. */
async function letIn(screen: Page, manage: Page): Promise<void> {
  await manage.getByTestId('page-screens').click()
  const look = async () => {
    await manage.locator('#code').fill((await screen.getByTestId('pairing-code').innerText()).slice(-7))
    await manage.getByTestId('look').click()
  }
  await look()
  // Whoever takes longer than the code is good is asked for the next one.
  const late = { status: 404, json: { type: 'urn:nuanhao:unknown-pairing', code: 'unknown-pairing' } }
  await manage.route('**/api/v1/sites/*/devices', (route) => route.fulfill(late), { times: 1 })
  await manage.getByTestId('allow').click()
  await expect(manage.getByTestId('approve').getByRole('alert')).toBeVisible()
  await look()
  await manage.getByTestId('allow').click()
  await expect(manage.getByTestId('approved')).toBeVisible()
}

test('[HALL4] [SIGNIN4] [SIGNIN7] [SIGNIN8] [HALL9] [SETUP1] [CLOSE2] a hall from its file on an empty database, changed while it runs, and closed with people inside', async ({
  browser,
  hall,
  keep,
}, info) => {
  // The first administrator, by the code the server printed.
  const code = /安装码 Setup code\s+(\S+)/.exec(hall.printed())?.[1] ?? ''
  const manage = await open(browser, `${hall.url}/manage/#setup`, OFFICE)
  await manage.locator('#code').fill(code)
  await manage.locator('#name').fill('管理员')
  await manage.locator('#username').fill(ADMIN.username)
  await manage.locator('#password').fill(ADMIN.password)
  await keep(manage, 'own-hall-setup')
  await manage.locator('#password').press('Enter')
  await expect(manage.getByTestId('setup-sign-in')).toBeVisible()
  await keep(manage, 'own-hall-administrator')

  // The hall, by its file, while the server runs.
  const printed = await hall.command('apply', await hallFile(info, ''))
  const password = (username: string) => new RegExp(`${username}\\s+(\\S+)`).exec(printed)?.[1] ?? ''
  const manager = { username: 'manager', password: password('manager') }
  await manage.getByTestId('setup-sign-in').click()
  await signIn(manage, manager)
  // A password that was made up is changed first.
  await choosePassword(manage, 'one of the manager alone')

  // A screen that nobody knows, let in by its code; switched off it says so, and is let in again.
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  await expect(kiosk.getByTestId('pairing-code')).toBeVisible()
  await keep(kiosk, 'own-hall-pairing')
  await letIn(kiosk, manage)
  await expect(kiosk.getByTestId('service-residence-proof')).toBeVisible()
  await manage.getByTestId('switch-off-K1').click()
  await keep(manage, 'own-hall-switch-off')
  // Whoever thinks better of it has switched nothing off.
  await manage.getByTestId('switch-off-not').click()
  await expect(manage.getByTestId('switch-off-now')).toBeHidden()
  await kiosk.reload()
  await expect(kiosk.getByTestId('service-residence-proof')).toBeVisible()
  await manage.getByTestId('switch-off-K1').click()
  await manage.getByTestId('switch-off-now').click()
  await expect(kiosk.getByTestId('revoked-title')).toBeVisible()
  await letIn(kiosk, manage)
  await expect(kiosk.getByTestId('service-residence-proof')).toBeVisible()
  await expect(manage.getByTestId('screen-K1')).toBeVisible()
  // How it is comes by itself. [HEALTH3]
  await expect(manage.getByTestId('heard-K1')).toHaveText('在线')
  await expect(manage.getByTestId('version-K1')).toContainText('最新')
  await expect(manage.getByTestId('clock-K1')).toHaveText('时钟准确')
  await expect(manage.getByTestId('alerts')).toBeHidden()
  await keep(manage, 'own-hall-screens')
  await keep(kiosk, 'own-hall-kiosk')
  const take = async () => {
    const taken = await takeNumber(kiosk, 'residence-proof', false)
    await kiosk.getByTestId('done').click()
    return taken
  }
  const first = await take()
  const second = await take()
  expect([first.number, second.number]).toEqual(['A001', 'A002'])

  const desk = await open(browser, `${hall.url}/console/?counter=c1`, DESK)
  await signIn(desk, { username: 'clerk1', password: password('clerk1') })
  await choosePassword(desk, 'one of the clerk alone')
  // Signed in elsewhere too, which the manager ends: that screen is cut, and asks to sign in.
  const elsewhere = await open(browser, `${hall.url}/console/?reception`, DESK)
  await signIn(elsewhere, { username: 'clerk1', password: 'one of the clerk alone' })
  await elsewhere.getByTestId('open-account').click()
  await expect(elsewhere.getByTestId('own-sessions').getByRole('listitem')).toHaveCount(2)
  await keep(elsewhere, 'own-hall-account')
  // Others are those of others: one's own sign-ins stand above.
  const own = await open(browser, `${hall.url}/manage/`, OFFICE)
  await signIn(own, { ...manager, password: 'one of the manager alone' })
  await expect(own.getByTestId('page-account')).toBeVisible()
  await manage.getByTestId('page-account').click()
  await expect(manage.getByTestId('end-session')).toHaveCount(1)
  await expect(manage.getByTestId('end-hall-session')).toHaveCount(2)
  await manage.getByTestId('end-hall-session').first().click()
  await manage.getByTestId('end-hall-session-now').click()
  await expect(manage.getByTestId('end-hall-session')).toHaveCount(1)
  await keep(manage, 'own-hall-sign-ins')
  await expect(elsewhere.getByTestId('sign-in')).toBeVisible()
  await desk.getByTestId('open').click()
  await desk.getByTestId('next').click()
  await expect(desk.getByTestId('current-number')).toHaveText(first.number)

  // Changed while it runs: another name for the service and a notice, on the screens at once; whoever waits, waits on.
  await hall.command(
    'apply',
    await hallFile(info, '', ['居住证明', '居住和户籍证明'], ['周三下午', '周四上午']),
  )
  await expect(kiosk.getByTestId('service-residence-proof')).toContainText('居住和户籍证明')
  await expect(desk.getByTestId('current-number')).toHaveText(first.number)

  // Closing time: the day has no hours left. Nobody new; who is inside is served, or sent home by a person.
  const today = businessDay(Date.now(), ZONE)
  await hall.command('apply', await hallFile(info, `${today}: closed`))
  await expect(kiosk.getByTestId('service-residence-proof')).toBeHidden()
  await keep(kiosk, 'own-hall-closed')
  await desk.getByTestId('complete').click()
  await desk.getByTestId('next').click()
  await expect(desk.getByTestId('current-number')).toHaveText(second.number)
  await desk.getByTestId('put-back').click()
  await keep(desk, 'own-hall-inside-after-closing')

  const phone = await open(browser, second.link, POCKET)
  await manage.getByTestId('page-hall').click()
  await expect(manage.getByTestId('closing')).toBeVisible()
  await manage.getByTestId('send-home').click()
  await keep(manage, 'own-hall-send-home')
  await manage.getByTestId('send-home-now').click()
  await expect(manage.getByTestId('closing')).toBeHidden()
  await expect(phone.getByTestId('phone-farewell')).toBeVisible()
  await keep(phone, 'own-hall-farewell')
})
