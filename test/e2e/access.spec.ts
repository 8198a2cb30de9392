import type { Page } from '@playwright/test'
import { expect, test } from './hall.ts'
import { measure } from './measure.ts'
import { KIOSK, open } from './steps.ts'

const STANDARD = { text: 0, target: 44, leading: 1 }
const LARGE = { text: 18, target: 60, leading: 1.3 }
const VIEWS = [KIOSK, { width: 1920, height: 1080 }, { width: 1024, height: 768 }]
/** The same at 200 %. */
const ZOOMED = [
  { width: 540, height: 960 },
  { width: 960, height: 540 },
]

/** Measures the screen that is shown, in both languages, every size and on every glass. */
async function measureAll(kiosk: Page, screen: string): Promise<void> {
  const look = async (size: string, limits: typeof LARGE, views: typeof VIEWS) => {
    for (const view of views) {
      await kiosk.setViewportSize(view)
      // The page turners come and go with the size of the glass.
      await expect
        .poll(() => measure(kiosk, limits), `${screen}, ${size}, ${view.width} × ${view.height}`)
        .toEqual([])
    }
  }
  for (const language of ['en', 'zh-CN']) {
    await kiosk.getByTestId(`language-${language}`).click()
    await look(`${language} standard`, STANDARD, language === 'en' ? ZOOMED : [KIOSK])
    await kiosk.getByTestId('size-large').click()
    if (language === 'en') await look('large', LARGE, [KIOSK])
    await kiosk.getByTestId('scale-3').click()
    await look(`${language} largest`, LARGE, VIEWS)
    await kiosk.getByTestId('size-large').click()
  }
  await kiosk.setViewportSize(KIOSK)
  await kiosk.getByTestId('lower').click()
  const highest = await kiosk.evaluate(() =>
    Math.min(...[...document.querySelectorAll('button')].map((button) => button.getBoundingClientRect().top)),
  )
  expect(highest, `${screen}, lower buttons`).toBeGreaterThanOrEqual(KIOSK.height * 0.4)
  await kiosk.getByTestId('lower').click()
}

test('[ACCESS2] [ACCESS3] [ACCESS4] [ACCESS7] every screen of the kiosk in every size: text, lines, targets, nothing cut', async ({
  browser,
  hall,
  keep,
}) => {
  test.setTimeout(300_000)
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const press = (id: string) => kiosk.getByTestId(id).click()
  const body = () => kiosk.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))

  await expect(kiosk.getByTestId('service-housing')).toBeVisible()
  for (const view of VIEWS) {
    await kiosk.setViewportSize(view)
    await press('size-large')
    const sizes = [await body()]
    for (const scale of ['scale-2', 'scale-3']) {
      await press(scale)
      sizes.push(await body())
    }
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(30)
    await press('size-large')
  }
  await measureAll(kiosk, 'home')
  await press('lower')
  await press('contrast')
  await keep(kiosk, 'access-home-low-contrast')
  await press('lower')
  await press('contrast')

  await press('service-residence-permit')
  await measureAll(kiosk, 'care')
  await press('guide')
  await measureAll(kiosk, 'guide')
  await press('guide-done')
  await press('add-matters')
  await press('matter-social-insurance')
  await press('matter-old-age-allowance')
  await measureAll(kiosk, 'matters')
  await press('matters-done')
  await press('guide')
  await measureAll(kiosk, 'guide, three matters')
  await press('guide-done')
  await press('ask-skill')
  await measureAll(kiosk, 'skill')
  await press('skill-none')
  await press('care-yes')
  await measureAll(kiosk, 'need')
  await press('need-none')
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  await measureAll(kiosk, 'ticket, three matters')
  await press('done')
  await press('service-housing')
  await press('care-no')
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  await measureAll(kiosk, 'ticket')
  const given = (await kiosk.getByTestId('ticket-number').innerText()).trim()
  await press('done')
  await press('missed')
  await measureAll(kiosk, 'number')
  for (const [number, result] of [
    [given, 'place'],
    ['D999', 'not-found'],
  ] as const) {
    await kiosk.keyboard.type(number)
    await press('missed-find')
    await expect(kiosk.getByTestId('missed-result')).toHaveAttribute('data-result', result)
    await measureAll(kiosk, result)
    await press('missed-again')
  }
  await press('back')
  // Care by a card; one service given out; then closed.
  const card = "by: [card, declared]\n  cards: [{ need: lives-alone, pattern: 'LA\\d{6}' }]"
  await hall.apply((file) =>
    file
      .replace('by: [declared, staff]', card)
      .replace(
        'name: { zh-CN: 法律咨询, en: Legal advice }',
        'quota: 1\n    name: { zh-CN: 法律咨询, en: Legal advice }',
      ),
  )
  await expect(kiosk.getByTestId('service-legal-advice')).toContainText('今日号已取完')
  await press('service-legal-advice')
  await measureAll(kiosk, 'full')
  await press('home')
  await press('service-housing')
  await press('have-card')
  await measureAll(kiosk, 'card')
  await kiosk.keyboard.type('XX999999')
  await kiosk.keyboard.press('Enter')
  await expect(kiosk.getByTestId('unknown-card')).toBeVisible()
  await measureAll(kiosk, 'unknown card')
  await press('back')
  await press('back')
  await hall.apply((file) => file.replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'))
  await expect(kiosk.getByTestId('closed')).toBeVisible()
  await measureAll(kiosk, 'closed')
})

/** What a machine says, and the time that idle residents let pass. */
interface Machine {
  said: string[]
  tones: number
  ahead: number
}

/** In the browser, before the kiosk: a voice that says everything at once, and a watch that can be put ahead. */
function machine(voices: boolean): void {
  const mine: Machine = { said: [], tones: 0, ahead: 0 }
  Object.assign(globalThis, { machine: mine })
  const watch = performance.now.bind(performance)
  performance.now = () => watch() + mine.ahead
  const tone = AudioContext.prototype.createOscillator
  AudioContext.prototype.createOscillator = function (this: AudioContext) {
    mine.tones += 1
    return tone.call(this)
  }
  if (!voices) return
  const known = ['zh-CN', 'en-US'].map((lang) => ({ lang, localService: true }))
  speechSynthesis.getVoices = () => known as SpeechSynthesisVoice[]
  speechSynthesis.speak = (utterance) => {
    mine.said.push(`${utterance.volume.toFixed(1)} ${utterance.text}`)
    setTimeout(() => utterance.onend?.(new Event('end') as SpeechSynthesisEvent))
  }
  Object.assign(globalThis, {
    SpeechSynthesisUtterance: class {
      readonly text: string
      constructor(text: string) {
        this.text = text
      }
    },
  })
}

async function openMachine(kiosk: Page, url: string, voices: boolean): Promise<void> {
  await kiosk.addInitScript(machine, voices)
  await kiosk.goto(url)
  await expect(kiosk.getByTestId('service-housing')).toBeVisible()
}

const ofMachine = (kiosk: Page) =>
  kiosk.evaluate(() => (globalThis as unknown as { machine: Machine }).machine)

const letPass = (kiosk: Page, ms: number) =>
  kiosk.evaluate((more) => {
    ;(globalThis as unknown as { machine: Machine }).machine.ahead += more
  }, ms)

/** Tab after Tab until this has the focus; what has it on the way is seen. */
async function tabTo(kiosk: Page, id: string): Promise<void> {
  for (let n = 0; n < 60; n++) {
    await kiosk.keyboard.press('Tab')
    const at = await kiosk.evaluate(() => {
      const one = document.activeElement
      if (!one || one === document.body) return { id: '', seen: true }
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      return {
        id: one.getAttribute('data-testid'),
        seen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      }
    })
    expect(at.seen, `${at.id} shows its focus`).toBe(true)
    if (at.id === id) return
  }
  throw new Error(`Tab never comes to ${id}.`)
}

test('[ACCESS1] [ACCESS6] [READ1] [READ2] [READ3] [READ4] [KIOSK2] [KIOSK4] a visit by keyboard alone, read aloud, and forgotten', async ({
  browser,
  hall,
  keep,
}) => {
  test.setTimeout(240_000)
  const context = await browser.newContext({ viewport: KIOSK, reducedMotion: 'reduce' })
  const kiosk = await context.newPage()
  await openMachine(kiosk, `${hall.url}/kiosk/`, true)
  const entries = await kiosk.evaluate(() => history.length)
  const key = (name: string) => kiosk.keyboard.press(name)
  const go = async (id: string, by: string) => {
    await tabTo(kiosk, id)
    await key(by)
  }
  const heading = kiosk.getByRole('heading', { level: 1 })

  // All choices, by keyboard.
  await expect(heading).toBeFocused()
  await go('size-large', 'Enter')
  await go('scale-3', 'Space')
  await go('contrast', 'Enter')
  await go('lower', 'Enter')
  await go('read', 'Enter')
  await expect.poll(async () => (await ofMachine(kiosk)).said.join()).toContain('怎么还没到我')
  const home = (await ofMachine(kiosk)).said.join()
  expect(home).toContain('您要办理什么业务？')
  expect(home).toMatch(/出生登记，派出所|出生登记，/)
  expect(home).not.toContain('Birth registration')
  await go('softer', 'Enter')
  await go('softer', 'Enter')
  await expect(kiosk.getByTestId('volume')).toContainText('2/5')
  await keep(kiosk, 'access-reading')

  // The visit: each new screen has its heading focused and read; Escape goes back.
  await go('service-residence-permit', 'Enter')
  await expect(heading).toHaveText('需要关怀服务吗？')
  await expect(heading).toBeFocused()
  await expect.poll(async () => (await ofMachine(kiosk)).said.join()).toContain('0.4 需要关怀服务吗？')
  await go('guide', 'Space')
  await expect(heading).toBeFocused()
  await key('Escape')
  await expect(heading).toHaveText('需要关怀服务吗？')
  await go('care-yes', 'Enter')
  await expect(heading).toHaveText('方便告诉我们原因吗？')
  await tabTo(kiosk, 'need-other')
  await expect.poll(async () => (await ofMachine(kiosk)).said.join()).toContain('不选，直接取号')
  expect((await ofMachine(kiosk)).said.join()).not.toMatch(/怀孕|残疾(?!人)|带婴幼儿|其他/)
  await key('Escape')
  await expect(heading).toHaveText('需要关怀服务吗？')
  await go('care-no', 'Enter')
  await expect(kiosk.getByTestId('ticket-number')).toBeVisible()
  await expect(heading).toBeFocused()
  await expect.poll(async () => (await ofMachine(kiosk)).said.join()).toContain('A 0 0 1')
  await go('done', 'Enter')

  // Gone, all of it.
  const plain = async () => {
    await expect(heading).toHaveText('您要办理什么业务？')
    await expect(kiosk.locator('html')).toHaveAttribute('lang', 'zh-CN')
    for (const name of ['size', 'contrast', 'reach']) {
      await expect(kiosk.locator('html')).toHaveAttribute(`data-${name}`, 'standard')
    }
    await expect(kiosk.getByTestId('volume')).toHaveCount(0)
    await expect(kiosk.getByTestId('read')).toHaveAttribute('aria-pressed', 'false')
    expect(await kiosk.evaluate(() => [history.length, scrollY])).toEqual([entries, 0])
  }
  await plain()

  // Idle: asked by sight and sound, answered ten times and more, then forgotten. What was typed too.
  await go('missed', 'Enter')
  await kiosk.keyboard.type('A00')
  await go('language-en', 'Enter')
  await go('read', 'Enter')
  await go('softer', 'Enter')
  for (let n = 1; n <= 11; n++) {
    await letPass(kiosk, 44_000)
    await expect(kiosk.getByTestId('idle')).toHaveCount(0)
    await letPass(kiosk, 2_000)
    await expect(kiosk.getByRole('dialog', { name: 'Are you still there?' })).toBeVisible()
    expect((await ofMachine(kiosk)).tones).toBe(2 * n)
    await key(n % 2 ? 'Enter' : 'Escape')
    await expect(kiosk.getByTestId('idle')).toHaveCount(0)
  }
  await expect(kiosk.getByTestId('missed-number')).toContainText('A')
  await letPass(kiosk, 46_000)
  await expect(kiosk.getByTestId('idle')).toBeVisible()
  await letPass(kiosk, 31_000)
  await plain()
  await go('missed', 'Enter')
  await expect(kiosk.getByTestId('missed-number')).toContainText('––––')
  await key('Escape')
  await go('read', 'Enter')
  await expect(kiosk.getByTestId('volume')).toContainText('4/5')
  await context.close()

  // A machine without a voice: recordings, and it says what they leave out.
  const mute = await (await browser.newContext({ viewport: KIOSK })).newPage()
  const played: string[] = []
  mute.on('request', (request) => played.push(new URL(request.url()).pathname))
  await openMachine(mute, `${hall.url}/kiosk/`, false)
  await mute.getByTestId('read').click()
  await expect(mute.getByTestId('partly')).toBeVisible({ timeout: 40_000 })
  expect(played).toEqual(
    expect.arrayContaining(['/kiosk/voice/zh-CN/welcome.mp3', '/kiosk/voice/zh-CN/read-rest.mp3']),
  )
})
