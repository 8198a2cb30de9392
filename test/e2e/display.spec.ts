import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { metresOf, readableFrom } from '#ui/reading-distance.ts'
import { expect, test } from './hall.ts'
import { KIOSK, open, sitDown, takeNumber, WALL } from './steps.ts'

/** The least height of a sign of the newest call, CSS pixels, as this machine's fonts really draw it. */
async function smallestSign(wall: Page): Promise<number> {
  return wall.evaluate(() => {
    const drawing = document.createElement('canvas').getContext('2d')
    const parts = ['.call-number', '.call-place', '.call-place-number']
    return Math.min(
      ...parts.map((part) => {
        const element = document.querySelector(`.call ${part}`)
        if (!drawing || !element) return 0
        const style = getComputedStyle(element)
        drawing.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
        const text = part === '.call-place' ? '窗' : (element.textContent ?? '')
        const { actualBoundingBoxAscent: above, actualBoundingBoxDescent: below } = drawing.measureText(text)
        return above + below
      }),
    )
  })
}

test('[WALL12] [WALL9] [WALL10] [SIGN2] [WALL13] [WALL15] zones, a picture, a counter’s sign, far seats, and a page that begins anew', async ({
  browser,
  hall,
  keep,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-display-'))
  const file = join(folder, 'hall.yaml')
  const notice = 'notices:\n  - { zh-CN: 有图的公告, en: With a picture, picture: a.png }\n\nskills:'
  const settings = (await readFile('demo/hall.yaml', 'utf8')).replace(/notices:[\s\S]*?\nskills:/, notice)
  const apply = async (distance: string) => {
    const zones = `zones:
    - { id: east, name: { zh-CN: 东区, en: East }, lanes: [household], counters: [c1, c2] }
    - { id: west, name: { zh-CN: 西区, en: West }, lanes: [welfare, housing-law] }`
    await writeFile(file, `${settings}\ndisplay:\n  ${distance}${zones}\n`)
    await hall.command('apply', file)
  }
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  await expect(kiosk.getByTestId('service-residence-permit')).toBeVisible()
  // Any picture will do: this one is the kiosk itself.
  await kiosk.screenshot({ path: join(folder, 'a.png'), clip: { x: 0, y: 0, width: 400, height: 300 } })
  await apply('')

  const wall = await open(browser, `${hall.url}/display/`, WALL)
  const turnTo = (hash: string) =>
    wall.evaluate((wanted) => {
      location.hash = wanted
    }, hash)
  await test.step('at its set-up a screen is asked for its zone, and keeps it; its address wins', async () => {
    await wall.getByTestId('zone-west').click()
    await expect(wall.getByTestId('zone-choice')).toHaveCount(0)
    await expect(wall.getByTestId('waiting-welfare')).toBeVisible()
    await expect(wall.getByTestId('waiting-household')).toHaveCount(0)
    await expect(wall.getByTestId('counter-c1')).toHaveCount(0)
    await turnTo('zone=nowhere')
    await expect(wall.getByTestId('trouble')).toContainText('nowhere')
    await expect(wall.getByTestId('counter-c1')).toBeVisible()
    await wall.reload()
    await turnTo('')
    await expect(wall.getByTestId('counter-c1')).toHaveCount(0)
  })
  await expect(wall.getByTestId('picture')).toBeVisible({ timeout: 30_000 })
  await expect(wall.getByTestId('picture')).toHaveJSProperty('naturalWidth', 400)
  await keep(wall, 'display-picture')

  const sign = await open(browser, `${hall.url}/display/#counter=c1`, { width: 1920, height: 360 })
  await expect(sign.getByTestId('sign-words')).toContainText('窗口未开')
  const desk = await sitDown(browser, hall, 1)
  await expect(sign.getByTestId('sign-words')).toContainText('欢迎')
  const { number } = await takeNumber(kiosk, 'residence-permit', false)
  await kiosk.context().close()
  await desk.getByTestId('next').click()
  await expect(desk.getByTestId('current-number')).toHaveText(number)
  await desk.context().close()

  await test.step('the sign flashes with the call, in words and shape too, and not for who wants no motion', async () => {
    await expect(sign.getByTestId('sign-ticket')).toHaveText(number)
    await expect(sign.getByTestId('sign-words')).toContainText('请到这里')
    await expect(sign.locator('.sign-arrow')).toBeVisible()
    await keep(sign, 'display-sign')
    await sign.emulateMedia({ reducedMotion: 'reduce' })
    expect(await sign.evaluate(() => document.getAnimations().length)).toBe(0)
    await sign.context().close()
  })

  // The call is to a counter of the other zone.
  await expect(wall.getByTestId('now-number')).toHaveCount(0)
  await turnTo('zone=east')
  await expect(wall.getByTestId('now-number')).toHaveText(number)
  await expect(wall.getByTestId('wait-household')).toBeVisible()
  await keep(wall, 'display-zone')

  await test.step('the signs of a call are as high as the rule says, on 43″ and 55″', async () => {
    const px = await smallestSign(wall)
    for (const inches of [43, 55]) {
      const screen = { inches, ...WALL }
      expect(metresOf(px, screen)).toBeGreaterThanOrEqual(readableFrom(screen, 1, false))
    }
    await apply('reading-distance: 6.5\n  ')
    await expect(wall.locator('.wall--alone')).toBeVisible()
    expect(metresOf(await smallestSign(wall), { inches: 43, ...WALL })).toBeGreaterThanOrEqual(6.5)
    // All of it is on the screen.
    for (const part of ['.call-number', '.call-counter']) {
      const box = await wall.locator(part).first().boundingBox()
      expect(box && box.x >= 0 && box.x + box.width <= WALL.width && box.y + box.height <= WALL.height).toBe(
        true,
      )
    }
    await keep(wall, 'display-far')
    await turnTo('zone=east&screen=20')
    await expect(wall.getByTestId('trouble')).toContainText('6.5')
  })

  await test.step('a page that begins anew has the last wall at once, then the live one', async () => {
    await wall.route('**/socket.io/**', (route) => route.abort())
    await wall.reload()
    await expect(wall.getByTestId('lost')).toContainText(/屏幕正在恢复|屏幕信息暂停更新/)
    await expect(wall.getByTestId('last-calls')).toContainText(number)
    await keep(wall, 'display-comes-back')
    await wall.unroute('**/socket.io/**')
    await expect(wall.getByTestId('lost')).toHaveCount(0, { timeout: 30_000 })
    await expect(wall.getByTestId('now-number')).toHaveText(number)
  })
  await rm(folder, { recursive: true })
})

test('[WALL16] a ticket taken in English is called in English first, and nothing else of it is told', async ({
  browser,
  hall,
}) => {
  const wall = await open(browser, `${hall.url}/display/`, WALL)
  // Sound starts with a tap, whatever the browser makes of a page that nobody has touched.
  await wall.mouse.click(5, 5)
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const desk = await sitDown(browser, hall, 1)
  await kiosk.getByRole('button', { name: 'English' }).click()
  const { number } = await takeNumber(kiosk, 'residence-permit', false)
  await desk.getByTestId('next').click()
  await expect(wall.getByTestId('now-number')).toHaveText(number)
  await expect(wall.getByTestId('now-counter')).toHaveText('Counter 1')
  await expect(wall.getByTestId('now-counter')).toHaveAttribute('lang', 'en')
  await expect(wall.getByTestId('caption')).toContainText('please go to counter 1')
})
