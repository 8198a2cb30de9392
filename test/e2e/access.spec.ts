import type { Page } from '@playwright/test'
import { expect, test } from './hall.ts'
import { tabTo } from './keyboard.ts'
import { measure } from './measure.ts'
import { KIOSK, open } from './steps.ts'

// Each of some hundred looks would be kept with all that is on the screen.
test.use({ trace: 'off' })

const STANDARD = { text: 0, target: 44, leading: 1 }
const LARGE = { text: 18, target: 60, leading: 1.3 }
const ACROSS = { width: 1920, height: 1080 }
const SMALL = { width: 1024, height: 768 }

interface View {
  glass: typeof KIOSK
  language: 'zh-CN' | 'en'
  /** 0: standard; else the step of 长辈版. */
  step: 0 | 1 | 2 | 3
}

/** Where a screen can be too small or too full. In the order in which the least changes from one to the next. */
const VIEWS: readonly View[] = [
  { glass: KIOSK, language: 'en', step: 3 },
  { glass: KIOSK, language: 'zh-CN', step: 3 },
  { glass: ACROSS, language: 'zh-CN', step: 3 },
  { glass: SMALL, language: 'zh-CN', step: 3 },
  // The first step has the smallest text, and little glass the smallest root.
  { glass: SMALL, language: 'zh-CN', step: 1 },
  // The same glass at 200 %.
  { glass: { width: 960, height: 540 }, language: 'en', step: 0 },
  { glass: { width: 540, height: 960 }, language: 'en', step: 0 },
]

/** Presses within the page, where the pressing itself is not what is looked at; then waits for the picture. */
function dress(kiosk: Page, language: string, step: number, low: boolean): Promise<void> {
  return kiosk.evaluate(
    async ([wanted, size, reach]) => {
      const one = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`)
      const painted = () =>
        new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then))))
      const { dataset, lang } = document.documentElement
      if (lang !== wanted) one(`language-${wanted}`)?.click()
      if ((dataset.size === 'large') !== size > 0) one('size-large')?.click()
      if ((dataset.reach === 'low') !== reach) one('lower')?.click()
      if (size > 0 && dataset.scale !== `${size}`) {
        await painted()
        one(`scale-${size}`)?.click()
      }
      await painted()
    },
    [language, step, low] as const,
  )
}

/** Measures the screen that is shown, as it may be seen, and with lower buttons. */
async function measureAll(kiosk: Page, screen: string): Promise<void> {
  for (const { glass, language, step } of VIEWS) {
    const limits = step > 0 ? LARGE : STANDARD
    await kiosk.setViewportSize(glass)
    await dress(kiosk, language, step, false)
    if ((await measure(kiosk, limits)).length === 0) continue
    // The page turners come and go with the size of the glass: what is still so when they have is a fault.
    await expect.soft
      .poll(() => measure(kiosk, limits), {
        message: `${screen}, ${language} ${step}, ${glass.width} × ${glass.height}`,
        timeout: 10_000,
      })
      .toEqual([])
  }
  await kiosk.setViewportSize(KIOSK)
  await dress(kiosk, 'zh-CN', 0, true)
  const highest = await kiosk.evaluate(() =>
    Math.min(...[...document.querySelectorAll('button,input')].map((one) => one.getBoundingClientRect().top)),
  )
  expect.soft(highest, `${screen}, lower buttons`).toBeGreaterThanOrEqual(KIOSK.height * 0.4)
  await dress(kiosk, 'zh-CN', 0, false)
}

test('[ACCESS2] [ACCESS3] [ACCESS4] [ACCESS7] every screen of the kiosk in every size: text, lines, targets, nothing cut', async ({
  browser,
  hall,
  keep,
}) => {
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const press = (id: string) => kiosk.getByTestId(id).click()
  const body = () => kiosk.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))
  const look = (screen: string) => measureAll(kiosk, screen)

  await expect(kiosk.getByTestId('service-housing')).toBeVisible()
  for (const glass of [KIOSK, ACROSS, SMALL]) {
    await kiosk.setViewportSize(glass)
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
  await look('home')
  await press('lower')
  await press('contrast')
  await keep(kiosk, 'access-home-low-contrast')
  await press('lower')
  await press('contrast')

  await press('search')
  await look('search')
  await kiosk.getByTestId('search-field').fill('kbbx')
  await expect(kiosk.getByTestId('service-housing')).toHaveCount(0)
  await look('search, found')
  await press('search-clear')
  await kiosk.getByTestId('search-field').fill('qqqqqq')
  await look('search, nothing')
  await kiosk.getByTestId('search-field').fill('居住证')

  await press('service-residence-permit')
  await look('check')
  await press('guide')
  await look('guide')
  await press('guide-done')
  await press('have-some')
  await press('have-居民身份证')
  await look('check, each')
  await press('checked')
  await look('missing')
  await press('take-list')
  await look('list')
  await press('wait-anyway')
  await look('care')
  await press('add-matters')
  await press('matter-social-insurance')
  await press('matter-old-age-allowance')
  await look('matters')
  await press('matters-done')
  await look('check, three matters')
  await press('guide')
  await look('guide, three matters')
  await press('guide-done')
  await press('checked')
  await look('missing, three matters')
  await press('take-list')
  await look('list, three matters')
  await press('wait-anyway')
  await press('ask-prepare')
  await press('prepare-sign-language')
  await press('prepare-wheelchair-counter')
  await look('prepare')
  await press('prepare-done')
  await look('care, three matters, prepared')
  await press('care-yes')
  await look('need')
  await press('need-none')
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  await look('ticket, three matters')
  await press('done')
  await press('service-housing')
  await press('check-skip')
  await press('care-no')
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  await look('ticket')
  const given = (await kiosk.getByTestId('ticket-number').innerText()).trim()
  await press('done')
  await press('missed')
  await look('number')
  for (const [number, result] of [
    [given, 'place'],
    ['D999', 'not-found'],
  ] as const) {
    await kiosk.keyboard.type(number)
    await press('missed-find')
    await expect(kiosk.getByTestId('missed-result')).toHaveAttribute('data-result', result)
    await look(result)
    await press('missed-again')
  }
  await press('back')
  // Care by a card; a printer that is not there; the last number of a service; then closed.
  const card = "by: [card, declared]\n  cards: [{ need: lives-alone, pattern: 'LA\\d{6}' }]"
  await hall.apply((file) =>
    file
      .replace('by: [declared, staff]', card)
      .replace(
        'name: { zh-CN: 法律咨询, en: Legal advice }',
        'quota: 2\n    name: { zh-CN: 法律咨询, en: Legal advice }',
      )
      .concat('\nprinters:\n  - { id: front, address: "127.0.0.1:9", paper: 80 }\n'),
  )
  await expect(kiosk.getByTestId('no-paper')).toBeVisible({ timeout: 30_000 })
  await press('service-legal-advice')
  await press('have-all')
  await press('have-card')
  await look('card')
  await kiosk.keyboard.type('XX999999')
  await kiosk.keyboard.press('Enter')
  await expect(kiosk.getByTestId('unknown-card')).toBeVisible()
  await look('unknown card')
  await press('back')
  await press('care-no')
  await expect(kiosk.getByTestId('paper')).toHaveAttribute('data-state', 'failed')
  await look('ticket, not printed')
  await kiosk.setViewportSize(ACROSS)
  await dress(kiosk, 'zh-CN', 1, false)
  const over = await kiosk.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  expect.soft(over, 'ticket, not printed: on one page').toBeLessThanOrEqual(0)
  await keep(kiosk, 'access-ticket-not-printed-across')
  await dress(kiosk, 'zh-CN', 0, false)
  await kiosk.setViewportSize(KIOSK)
  await press('done')
  await press('service-legal-advice')
  await press('have-all')
  await press('care-no')
  await expect(kiosk.getByTestId('full')).toBeVisible()
  await look('full')
  await press('home')
  await expect(kiosk.getByTestId('service-legal-advice')).toContainText('今日号已取完')
  await look('home, no paper, one full')
  await hall.apply((file) => file.replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'))
  await expect(kiosk.getByTestId('closed')).toBeVisible()
  await look('closed')
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

/** Lets time pass for somebody who does nothing and listens to nothing: whoever is being read to is there. */
async function letPass(kiosk: Page, ms: number): Promise<void> {
  await expect(kiosk.getByTestId('read-stop')).toBeDisabled()
  await kiosk.evaluate((more) => {
    ;(globalThis as unknown as { machine: Machine }).machine.ahead += more
  }, ms)
}

test('[ACCESS1] [ACCESS6] [READ1] [READ2] [READ3] [READ4] [KIOSK2] [KIOSK4] a visit by keyboard alone, read aloud, and forgotten', async ({
  browser,
  hall,
  keep,
}) => {
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
  await expect(kiosk.getByTestId('read-stop')).toBeDisabled()
  const home = (await ofMachine(kiosk)).said.join()
  expect(home).toContain('您要办理什么业务？')
  expect(home).toMatch(/出生登记，派出所|出生登记，/)
  expect(home).not.toContain('Birth registration')
  await go('softer', 'Enter')
  await go('softer', 'Enter')
  await expect(kiosk.getByTestId('volume')).toContainText('2/5')
  await keep(kiosk, 'access-reading')

  // The visit: each new screen has its heading focused and read; Escape goes back, step by step and to the very first.
  const isAt = async (title: string) => {
    await expect(heading).toHaveText(title)
    await expect(heading).toBeFocused()
  }
  const isSaid = async (words: string) =>
    expect.poll(async () => (await ofMachine(kiosk)).said.join()).toContain(words)
  await go('search', 'Enter')
  await expect(kiosk.getByTestId('search-field')).toBeFocused()
  await kiosk.keyboard.type('jzz')
  await expect(kiosk.getByTestId('service-residence-permit')).toBeVisible()
  await go('service-residence-permit', 'Enter')
  await isAt('这些都带了吗？')
  await isSaid('0.4 这些都带了吗？')
  await key('Escape')
  await isAt('您要办理什么业务？')
  await go('service-residence-permit', 'Enter')
  await isAt('这些都带了吗？')
  await go('guide', 'Space')
  await isAt('要带什么？')
  await key('Escape')
  await isAt('这些都带了吗？')
  await go('have-居民身份证', 'Space')
  await go('checked', 'Enter')
  await isAt('还缺 2 样')
  await isSaid('租房合同、房产证')
  await go('take-list', 'Enter')
  await isAt('请把清单带走')
  await key('Escape')
  await isAt('还缺 2 样')
  await key('Escape')
  await isAt('这些都带了吗？')
  await expect(kiosk.getByTestId('have-居民身份证')).toHaveAttribute('aria-pressed', 'true')
  await go('have-all', 'Enter')
  await isAt('需要关怀服务吗？')
  await isSaid('0.4 需要关怀服务吗？')
  await go('ask-prepare', 'Enter')
  await isAt('需要我们准备什么？')
  await go('prepare-written', 'Space')
  await go('prepare-done', 'Enter')
  await isAt('需要关怀服务吗？')
  await go('care-yes', 'Enter')
  await isAt('方便告诉我们原因吗？')
  await isSaid('不选，直接取号')
  // The next thing in focus is read instead of the rest of the screen.
  await tabTo(kiosk, 'need-other')
  expect((await ofMachine(kiosk)).said.join()).not.toMatch(/怀孕|残疾(?!人)|带婴幼儿|其他|jzz/)
  await key('Escape')
  await isAt('需要关怀服务吗？')
  await go('care-no', 'Enter')
  await expect(kiosk.getByTestId('ticket-number')).toBeVisible()
  await expect(heading).toBeFocused()
  await isSaid('A 0 0 1')
  await expect(kiosk.getByTestId('ticket-prepared')).toBeVisible()
  await go('done', 'Enter')

  // Gone, all of it.
  const plain = async () => {
    await isAt('您要办理什么业务？')
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
  await expect(heading).toBeFocused()
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
  await isAt('您要办理什么业务？')
  // What was looked for, ticked and to be prepared belonged to the one before.
  await go('search', 'Enter')
  await expect(kiosk.getByTestId('search-field')).toHaveValue('')
  await key('Escape')
  await isAt('您要办理什么业务？')
  await go('service-residence-permit', 'Enter')
  await expect(kiosk.getByTestId('have-some')).toBeVisible()
  await expect(kiosk.getByTestId('have-居民身份证')).toHaveAttribute('aria-pressed', 'false')
  await go('have-all', 'Enter')
  await expect(kiosk.getByTestId('ask-prepare')).toHaveText('需要手语、轮椅窗口等准备')
  await key('Escape')
  await isAt('这些都带了吗？')
  await key('Escape')
  await isAt('您要办理什么业务？')
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
