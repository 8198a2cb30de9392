import { expect, PASSWORD, test } from './hall.ts'
import { KIOSK, letPadIn, open, POCKET, signIn, sitDown, takeNumber, WALL } from './steps.ts'

test('[HEADER1] the main job: two kiosks, two consoles, a call pad, a display and a phone', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk1 = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const kiosk2 = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const wall = await open(browser, `${hall.url}/display/`, WALL)
  const desk1 = await sitDown(browser, hall, 1)
  const desk2 = await sitDown(browser, hall, 2)
  const pad = await letPadIn(browser, hall, 'c1')
  await expect(pad).toHaveTitle('叫号器 · 暖号')
  await keep(kiosk1, 'kiosk-home')
  await keep(wall, 'display-before-the-first-call')

  // An ordinary resident, then one who wants care: the second is called first.
  const plain = await takeNumber(kiosk1, 'residence-permit', false)
  expect(plain.number).toBe('A001')
  await keep(kiosk1, 'kiosk-ticket')
  const phone = await open(browser, plain.link, POCKET)
  await expect(phone.getByTestId('phone-number')).toHaveText('A001')
  await expect(phone.getByTestId('phone-ahead')).toContainText('0')
  const cared = await takeNumber(kiosk2, 'birth-registration', true)
  expect(cared.number).toBe('A002')
  await expect(phone.getByTestId('phone-ahead')).toContainText('1')
  await keep(phone, 'phone-waiting')
  await expect(wall.getByTestId('waiting-household')).toContainText('2')

  // A console shows the lane in turn order and says why.
  await expect(desk1.getByTestId('waiting-list').getByTestId(/^row-[A-Z]/)).toHaveText([/A002/, /A001/])
  await desk1.getByTestId('why-A001').click()
  await expect(desk1.getByTestId('why-panel')).toContainText('1')
  await keep(desk1, 'console-why')

  // The pad calls, and at the other counter the keyboard; the wall, the console and the phone all show it at once.
  await pad.getByTestId('call-next').click()
  await expect(pad.getByTestId('pad-number')).toHaveText('A002')
  await expect(desk1.getByTestId('current-number')).toHaveText('A002')
  await expect(wall.getByTestId('now-number').first()).toHaveText('A002')
  await expect(wall.getByTestId('now-counter').first()).toContainText('1')
  await expect(phone.getByTestId('phone-ahead')).toContainText('0')
  await desk2.keyboard.press('n')
  await expect(desk2.getByTestId('current-number')).toHaveText('A001')
  await expect(phone.getByTestId('phone-counter')).toContainText('2')
  await keep(phone, 'phone-called')
  await expect(wall.getByTestId('now-number').first()).toHaveText('A001')
  await keep(wall, 'display-calling')
  await keep(desk2, 'console-called')

  // Nothing on the wall tells who was cared for.
  expect(await wall.content()).not.toMatch(/关怀|优先|care/i)

  // Recall, start, complete; and a no-show at the other counter.
  await desk2.getByTestId('recall').click()
  await expect(desk2.locator('main')).toContainText('已叫 2/3 次')
  await desk2.keyboard.press('s')
  await expect(desk2.getByTestId('current-state')).toHaveAttribute('data-state', 'serving')
  await keep(desk2, 'console-serving')
  await desk2.keyboard.press('f')
  await expect(phone.getByTestId('phone-state')).toContainText('已办结')
  await expect(desk2.getByTestId('next')).toBeEnabled()
  await pad.getByTestId('no-show').click()
  await expect(desk1.getByTestId('next')).toBeEnabled()
  await expect(wall.getByTestId('last-calls')).toContainText('A002')
  await keep(wall, 'display-after')

  // Nobody waits: said calmly.
  await desk2.keyboard.press('n')
  await expect(desk2.locator('body')).toContainText(/没有人等候|无人等候|暂时没有/)

  // Nor are the pages that are no screens hindered by their policy.
  await phone.goto(`${hall.url}/privacy/`)
  await phone.goto(`${hall.url}/api/docs/`)
  await expect(phone.getByText('/api/v1/session', { exact: true }).first()).toBeVisible()
})

test('[LINK7] screens say when they lose touch, and come back by themselves', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, { width: 1280, height: 800 })
  const wall = await open(browser, `${hall.url}/display/`, { width: 1080, height: 1920 })
  const desk = await sitDown(browser, hall, 1)
  await takeNumber(kiosk, 'residence-permit', false)
  await kiosk.getByTestId('done').click()
  await desk.getByTestId('next').click()
  await expect(wall.getByTestId('now-number').first()).toHaveText('A001')

  await hall.kill()
  for (const [name, page] of Object.entries({ kiosk, wall, desk })) {
    await expect(page.getByTestId('lost').first()).toBeVisible({ timeout: 20_000 })
    await keep(page, `lost-${name}`)
  }

  // Nobody is signed out before the server has said so. [SHIFT3]
  await desk.getByTestId('sign-out').click()
  await expect(desk.getByTestId('sign-out-failed')).toBeVisible({ timeout: 20_000 })
  await keep(desk, 'sign-out-failed')

  await hall.start()
  for (const page of [kiosk, wall, desk])
    await expect(page.getByTestId('lost')).toHaveCount(0, { timeout: 20_000 })
  await expect(wall.getByTestId('now-number').first()).toHaveText('A001')
  await expect(desk.getByTestId('current-number')).toHaveText('A001')
  expect((await takeNumber(kiosk, 'residence-permit', false)).number).toBe('A002')
  await desk.getByTestId('sign-out').click()
  await expect(desk.getByTestId('username')).toBeVisible()
})

test('[CLOCK4] a clock that ran back: the kiosk says so, a supervisor confirms the time', async ({
  browser,
  hall,
  keep,
}) => {
  await hall.kill()
  await hall.windAhead(3_600_000)
  await hall.start()
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  await kiosk.getByTestId('service-housing').click()
  await kiosk.getByTestId('have-all').click()
  await kiosk.getByTestId('care-no').click()
  await expect(kiosk.getByTestId('failed')).toContainText('系统时间有待工作人员确认')
  await keep(kiosk, 'clock-kiosk')
  await kiosk.getByTestId('home').click()

  const clerk = await sitDown(browser, hall, 1)
  await expect(clerk.getByTestId('clock-held')).toContainText('请主管')
  const supervisor = await signIn(browser, hall, 'supervisor', 2)
  await expect(supervisor.getByTestId('clock-confirm')).toBeVisible()
  await keep(supervisor, 'clock-supervisor')
  const office = await open(browser, `${hall.url}/manage/`, { width: 1280, height: 800 })
  await office.getByTestId('username').fill('admin')
  await office.getByTestId('password').fill(PASSWORD)
  await office.getByTestId('sign-in').click()
  await expect(office.getByTestId('clock-confirm')).toBeVisible()
  await keep(office, 'clock-manage')
  await supervisor.getByTestId('clock-confirm').click()
  for (const page of [supervisor, clerk, office]) await expect(page.getByTestId('clock-held')).toHaveCount(0)
  expect((await takeNumber(kiosk, 'residence-permit', false)).number).toBe('A001')
})
