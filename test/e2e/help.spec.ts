import type { Page } from '@playwright/test'
import { expect, PASSWORD, test } from './hall.ts'
import { KIOSK, open, signIn } from './steps.ts'

/** Before the page: counts the tones that are played. */
function countTones(): void {
  const counted = { tones: 0 }
  Object.assign(globalThis, { counted })
  const tone = AudioContext.prototype.createOscillator
  AudioContext.prototype.createOscillator = function (this: AudioContext) {
    counted.tones += 1
    return tone.call(this)
  }
}
const tonesOf = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { counted: { tones: number } }).counted.tones)

test('[HELP1] [HELP7] [HELP8] [HELP9] [HELP10] [HELP11] a resident asks for help at the kiosk, nobody comes, then somebody does', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const played: string[] = []
  kiosk.on('request', (request) => played.push(new URL(request.url()).pathname))
  // Nobody has sat down yet: whoever is signed in is asked all the same.
  const desk = await signIn(browser, hall, 'counter1', 1)
  await expect(desk.getByTestId('open')).toBeVisible()
  await desk.addInitScript(countTones)
  await desk.reload()
  await expect(desk.getByTestId('open')).toBeVisible()
  const manage = await open(browser, `${hall.url}/manage/`, { width: 1280, height: 800 })
  await manage.getByTestId('username').fill('supervisor')
  await manage.getByTestId('password').fill(PASSWORD)
  await manage.getByTestId('sign-in').click()
  await expect(manage.getByTestId('hall')).toBeVisible()

  const line = kiosk.getByTestId('help-line')
  const says = (state: string) => expect(line).toHaveAttribute('data-state', state, { timeout: 20_000 })
  await kiosk.getByTestId('size-large').click()
  await kiosk.getByTestId('lower').click()
  await kiosk.getByTestId('service-housing').click()
  await kiosk.getByTestId('read').click()
  await kiosk.getByTestId('help').click()
  await kiosk.getByTestId('help').click()
  await says('ringing')
  await expect(kiosk.getByTestId('have-all')).toBeVisible()
  await expect.poll(() => played).toContain('/kiosk/voice/zh-CN/help-ringing.mp3')
  await keep(kiosk, 'kiosk-help-ringing')

  const atDesk = desk.getByTestId('help-K1')
  await expect(atDesk).toHaveAttribute('data-state', 'ringing')
  await expect(desk).toHaveTitle(/🔔/)
  await desk.mouse.click(5, 5)
  await expect.poll(() => tonesOf(desk)).toBeGreaterThan(0)
  await expect(desk.getByTestId('help-no-sound')).toHaveCount(0)

  await says('escalated')
  await expect(kiosk.getByTestId('help-line')).toContainText('大厅主管')
  const atManage = manage.getByTestId('help-K1')
  await expect(atManage).toHaveAttribute('data-state', 'escalated')
  await expect(atDesk).toHaveAttribute('data-state', 'escalated')
  await keep(manage, 'manage-help-escalated')
  await keep(desk, 'console-help-escalated')

  await desk.keyboard.press('g')
  await says('coming')
  await expect(line).toContainText('1 号窗口')
  await expect(atManage).toContainText('1 号窗口正在过去')
  await expect(desk).not.toHaveTitle(/🔔/)
  await keep(kiosk, 'kiosk-help-coming')
  await desk.getByTestId('help-done-K1').click()
  await says('done')
  await expect(atDesk).toHaveCount(0)
  await expect(atManage).toHaveCount(0)

  // After all nobody is needed.
  await kiosk.getByTestId('help').click()
  await expect(atManage).toHaveAttribute('data-state', 'ringing')
  await kiosk.getByTestId('help-leave').click()
  await expect(line).toHaveCount(0)
  await expect(atManage).toHaveCount(0)

  // The next resident sees nothing of the call, which goes on; asking for help is told how it stands.
  await kiosk.getByTestId('help').click()
  await says('ringing')
  await kiosk.getByTestId('have-all').click()
  await kiosk.getByTestId('care-no').click()
  await expect(kiosk.getByTestId('ticket-number')).toBeVisible()
  await expect(line).toBeVisible()
  await kiosk.getByTestId('done').click()
  await expect(kiosk.getByTestId('missed')).toBeVisible()
  await expect(line).toHaveCount(0)
  await manage.getByTestId('help-going-K1').click()
  await expect(atManage).toHaveAttribute('data-state', 'coming')
  await kiosk.getByTestId('help').click()
  await says('coming')
  await manage.getByTestId('help-done-K1').click()
  await says('done')

  // With the server away it says where to go.
  await hall.kill()
  await expect(kiosk.getByTestId('lost')).toBeVisible({ timeout: 20_000 })
  await kiosk.getByTestId('help').click()
  await says('desk')
  await expect(line).toContainText('咨询台')
  await keep(kiosk, 'kiosk-help-desk')
})
