import type { Page } from '@playwright/test'
import { expect, test } from './hall.ts'
import { DESK, KIOSK, open, signIn, sitDown, takeNumber, WALL } from './steps.ts'

/** The smallest screen a clerk works on, and a window beside another program. */
const SMALL = { width: 1024, height: 600 }
const SIDE = { width: 420, height: 900 }

const called = async (desk: Page, number: string) => {
  await desk.getByTestId('next').click()
  await expect(desk.getByTestId('current-number')).toHaveText(number)
  // The number comes with the event; keys are taken again once the call itself was answered.
  await expect(desk.getByTestId('start')).toBeEnabled()
}

test('[CONSOLE17] [CONSOLE18] [VISIT1] three matters in one visit at three counters, each called on the wall', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const wall = await open(browser, `${hall.url}/display/`, WALL)
  const desk1 = await sitDown(browser, hall, 1)
  const desk3 = await sitDown(browser, hall, 3)
  const desk5 = await sitDown(browser, hall, 5)
  const { number } = await takeNumber(kiosk, 'residence-permit', false)

  await called(desk1, number)
  await desk1.getByTestId('start').click()
  await expect(desk1.getByTestId('complete')).toBeEnabled()
  await desk1.keyboard.press('a')
  await keep(desk1, 'console-add')
  await desk1.getByTestId('add-social-insurance').click()
  await expect(desk1.getByTestId('visit')).toContainText('社会保险')
  await desk1.getByTestId('add-service').click()
  await desk1.getByTestId('add-old-age-allowance').click()
  await expect(desk1.getByTestId('visit').getByRole('listitem')).toHaveCount(2)
  await keep(desk1, 'console-visit')
  await desk1.setViewportSize(SMALL)
  await keep(desk1, 'console-visit-small')
  await desk1.setViewportSize(SIDE)
  await keep(desk1, 'console-visit-side')
  await desk1.setViewportSize(DESK)

  await desk1.keyboard.press('f')
  await expect(desk1.getByTestId('onward')).toContainText('社会保险')
  await keep(desk1, 'console-onward')
  await desk1.setViewportSize(SMALL)
  await keep(desk1, 'console-onward-small')
  await desk1.getByRole('button', { name: 'English' }).click()
  await keep(desk1, 'console-onward-english')
  await called(desk3, number)
  await expect(wall.getByTestId('now-number').first()).toHaveText(number)
  await expect(wall.getByTestId('now-counter').first()).toContainText('3')
  await desk3.getByTestId('start').click()
  await desk3.getByTestId('complete').click()
  await expect(desk3.getByTestId('onward')).toContainText('高龄津贴')

  await called(desk5, number)
  await expect(wall.getByTestId('now-counter').first()).toContainText('5')
  await desk5.getByTestId('start').click()
  await desk5.getByTestId('complete').click()
  await expect(desk5.getByTestId('next')).toBeEnabled()
  await expect(desk5.getByTestId('onward')).toHaveCount(0)
})

test('[CONSOLE20] a matter that waits at once is not called while the ticket is at a counter', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const desk1 = await sitDown(browser, hall, 1)
  const desk3 = await sitDown(browser, hall, 3)
  const { number } = await takeNumber(kiosk, 'residence-permit', false)
  await called(desk1, number)
  await desk1.keyboard.press('a')
  await desk1.getByTestId('order-any').check()
  await desk1.getByTestId('add-social-insurance').click()
  await expect(desk1.getByTestId('visit')).toContainText('社会保险')
  await expect(desk3.getByTestId(`barred-${number}`)).toContainText('1')
  await expect(desk3.getByTestId('current-state')).toHaveAttribute('data-state', 'idle')
  await desk3.getByTestId(`row-menu-${number}`).click()
  await desk3.getByTestId(`skill-${number}`).click()
  await desk3.getByTestId('row-menu').getByRole('button', { name: '手语' }).click()
  await expect(desk3.getByTestId(`row-${number}`)).toContainText('手语')
  await keep(desk3, 'console-barred')
  await desk1.getByTestId('complete').click()
  await expect(desk3.getByTestId(`barred-${number}`)).toHaveCount(0)
  await called(desk3, number)
  for (const calls of [2, 3]) {
    await expect(desk3.locator('[aria-busy]')).toHaveCount(0)
    await desk3.getByTestId('recall').click()
    await expect(desk3.getByTestId('calls')).toContainText(`${calls}/3`)
  }
  await expect(desk3.getByTestId('recall')).toContainText('过号')
  await keep(desk3, 'console-last-call')
  // Not the second press of the recall before: the desk has lain still for a moment.
  await expect(async () => {
    await desk3.getByTestId('recall').click({ timeout: 1_000 })
    await expect(desk3.getByTestId(`missed-${number}`)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(desk3.getByTestId(`missed-${number}`)).toBeVisible()

  // Whoever waits for lane B is left without a counter.
  await desk1.getByTestId('close').click()
  await expect(desk1.getByTestId('current-state')).toHaveAttribute('data-state', 'closed')
  await kiosk.getByTestId('done').click()
  await takeNumber(kiosk, 'social-insurance', false)
  await desk3.getByTestId('pause').click()
  await expect(desk3.getByTestId('unserved-B')).toContainText('1')
  await keep(desk3, 'console-unserved')
})

test('[CONSOLE19] [CONSOLE21] [NOTE1] a transfer with a note, read by the next; times that cannot be are refused in words', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const desk1 = await sitDown(browser, hall, 1)
  const desk3 = await sitDown(browser, hall, 3)
  const { number } = await takeNumber(kiosk, 'residence-permit', false)
  await called(desk1, number)
  await desk1.keyboard.press('t')
  await desk1.keyboard.press('Enter')
  await expect(desk1.getByTestId('transfer-note')).toBeFocused()
  // Letters are text while it is written, not places.
  await desk1.keyboard.type('B: 材料已核对，只差盖章')
  await keep(desk1, 'console-transfer-note')
  await desk1.setViewportSize(SMALL)
  await keep(desk1, 'console-transfer-note-small')
  await desk1.setViewportSize(DESK)
  await desk1.keyboard.press('Enter')
  await desk1.keyboard.press('b')
  await expect(desk1.getByTestId('next')).toBeEnabled()

  await called(desk3, number)
  await desk3.getByTestId('note-read').click()
  await expect(desk3.getByTestId('note')).toContainText('B: 材料已核对，只差盖章')
  await keep(desk3, 'console-note')
  await desk3.setViewportSize(SMALL)
  await keep(desk3, 'console-note-small')
  await desk3.getByTestId('start').click()
  await expect(desk3.getByTestId('note')).toBeVisible()
  await desk3.getByTestId('complete').click()
  await expect(desk3.getByTestId('note')).toHaveCount(0)

  await desk3.setViewportSize(DESK)
  await desk3.getByTestId('times-of-last').click()
  await expect(desk3.getByTestId('correct-forgotten')).toBeDisabled()
  await desk3.getByTestId('times-begun').fill('03:03')
  await keep(desk3, 'console-times')
  await desk3.setViewportSize(SMALL)
  await keep(desk3, 'console-times-small')
  await desk3.getByTestId('correct-forgotten').click()
  await expect(desk3.getByTestId('error')).toHaveAttribute('data-error', 'times-out-of-order')
})

test('[SHIFT4] [SHIFT5] [COUNTER5] a change of shift: the colleague’s console steps back, and so does a second tab', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const before = await sitDown(browser, hall, 1)
  const { number } = await takeNumber(kiosk, 'residence-permit', false)
  await called(before, number)
  await before.getByTestId('start').click()
  await expect(before.getByTestId('complete')).toBeEnabled()

  const after = await signIn(browser, hall, 'counter2', 1)
  await expect(after.getByTestId('current-state')).toHaveAttribute('data-state', 'taken')
  await keep(after, 'console-taken')
  await after.getByTestId('take-over-ask').click()
  await expect(after.getByTestId('take-over')).toBeVisible()
  await keep(after, 'console-take-over')
  await after.getByTestId('take-over').click()
  await expect(after.getByTestId('current-number')).toHaveText(number)
  await expect(before.getByTestId('stepped-back')).toHaveAttribute('data-why', 'colleague')
  await keep(before, 'console-stepped-back')
  await before.keyboard.press('f')

  const tab = await after.context().newPage()
  await tab.goto(after.url())
  await expect(tab.getByTestId('stepped-back')).toHaveAttribute('data-why', 'another-screen')
  await tab.getByTestId('work-here').click()
  await expect(tab.getByTestId('current-number')).toHaveText(number)
  await expect(after.getByTestId('stepped-back')).toHaveAttribute('data-why', 'another-screen')
  await keep(after, 'console-another-screen')
  await after.keyboard.press('f')
  await expect(tab.getByTestId('current-state')).toHaveAttribute('data-state', 'serving')
  // A reload is the same console.
  await tab.reload()
  await expect(tab.getByTestId('current-number')).toHaveText(number)
  await tab.getByTestId('complete').click()
  await expect(tab.getByTestId('next')).toBeEnabled()
})
