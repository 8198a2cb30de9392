import type { Browser, Page } from '@playwright/test'
import { expect, type Hall, PASSWORD } from './hall.ts'
import { open, takeNumber } from './steps.ts'

export type Screen = 'kiosk' | 'display' | 'console' | 'phone' | 'manage'

interface Size {
  name: string
  width: number
  height: number
  /** 长辈版, where the screen has it. */
  large?: true
}

/** The screens, and the sizes each is looked at. */
export const SIZES: Readonly<Record<Screen, readonly [Size, ...Size[]]>> = {
  kiosk: [
    { name: 'upright', width: 1080, height: 1920 },
    { name: 'large', width: 1080, height: 1920, large: true },
    { name: 'across', width: 1920, height: 1080 },
  ],
  display: [
    { name: 'across', width: 1920, height: 1080 },
    { name: 'upright', width: 1080, height: 1920 },
  ],
  console: [
    { name: 'desk', width: 1280, height: 800 },
    { name: 'small', width: 1024, height: 600 },
  ],
  phone: [
    { name: 'phone', width: 390, height: 844 },
    { name: 'small', width: 360, height: 640 },
  ],
  manage: [
    { name: 'office', width: 1280, height: 800 },
    { name: 'small', width: 1024, height: 600 },
  ],
}

/** The open screens of one hall, and what has happened in it so far. */
export class Walk {
  readonly #browser: Browser
  readonly hall: Hall
  readonly #pages = new Map<Screen, Page>()
  #kioskTime = Date.now()
  link = ''

  constructor(browser: Browser, hall: Hall) {
    this.#browser = browser
    this.hall = hall
  }

  page(screen: Screen): Page {
    const page = this.#pages.get(screen)
    if (!page) throw new Error(`no ${screen} is open yet`)
    return page
  }

  async open(screen: Screen, path = `/${screen}/`): Promise<Page> {
    const page = await open(this.#browser, `${this.hall.url}${path}`, SIZES[screen][0])
    await page.emulateMedia({ reducedMotion: 'reduce' })
    this.#pages.set(screen, page)
    return page
  }

  /** A kiosk goes home when nobody touches it: while it is looked at, its clock stands still. */
  async kiosk(testId?: string): Promise<Page> {
    const page = this.#pages.get('kiosk') ?? (await this.open('kiosk'))
    this.#kioskTime += 1_000
    await page.clock.setFixedTime(this.#kioskTime)
    if (testId) await page.getByTestId(testId).click()
    return page
  }

  async signIn(screen: 'console' | 'manage', username: string): Promise<void> {
    const page = this.page(screen)
    await page.getByTestId('username').fill(username)
    await page.getByTestId('password').fill(PASSWORD)
    await page.getByTestId('sign-in').click()
  }

  /** A press at the console, and what is there then. */
  async desk(key: string, then: string): Promise<void> {
    await this.page('console').keyboard.press(key)
    await expect(this.page('console').getByTestId(then).first()).toBeVisible()
  }
}

export interface State {
  /** Begins with its screen's name. */
  name: `${Screen}-${string}`
  /** Brings the hall there from the state before. */
  reach(walk: Walk): Promise<unknown>
}

/** One more matter is taken, called and done; followed on a phone where one is asked for. */
async function doneAtCounter(walk: Walk, phone?: 'phone'): Promise<void> {
  const desk = walk.page('console')
  const { link } = await takeNumber(await walk.kiosk(), 'residence-permit', false)
  await walk.kiosk('done')
  const { pathname, hash } = new URL(link)
  if (phone) await expect((await walk.open(phone, pathname + hash)).getByTestId('phone-number')).toBeVisible()
  await desk.getByTestId('next').click()
  await desk.getByTestId('complete').click()
  await expect(desk.getByTestId('next')).toBeEnabled()
}

/** Every state of every screen that is looked at, in the order of one morning in the demo hall. */
export const STATES: readonly State[] = [
  {
    name: 'kiosk-home',
    reach: async (walk) => expect((await walk.kiosk()).getByTestId('missed')).toBeVisible(),
  },
  {
    name: 'display-before',
    reach: async (walk) => expect((await walk.open('display')).getByTestId('foot')).toBeVisible(),
  },
  { name: 'console-sign-in', reach: (walk) => walk.open('console', '/console/?counter=c1') },
  {
    name: 'console-closed',
    reach: async (walk) => {
      await walk.signIn('console', 'counter1')
      await expect(walk.page('console').getByTestId('open')).toBeVisible()
    },
  },
  {
    name: 'console-idle',
    reach: async (walk) => {
      await walk.page('console').getByTestId('open').click()
      await expect(walk.page('console').getByTestId('next')).toBeEnabled()
    },
  },
  { name: 'kiosk-care', reach: (walk) => walk.kiosk('service-residence-permit') },
  { name: 'kiosk-guide', reach: (walk) => walk.kiosk('guide') },
  {
    name: 'kiosk-matters',
    reach: async (walk) => {
      await walk.kiosk('guide-done')
      await walk.kiosk('add-matters')
      await walk.kiosk('matter-social-insurance')
    },
  },
  {
    name: 'kiosk-skill',
    reach: async (walk) => {
      await walk.kiosk('matters-done')
      await walk.kiosk('ask-skill')
    },
  },
  {
    name: 'kiosk-need',
    reach: async (walk) => {
      await walk.kiosk('skill-none')
      await walk.kiosk('care-yes')
    },
  },
  {
    name: 'kiosk-ticket',
    reach: async (walk) => {
      await walk.kiosk('need-none')
      await expect(walk.page('kiosk').getByTestId('ticket-qr')).toBeVisible()
    },
  },
  {
    name: 'console-waiting',
    reach: async (walk) => {
      await walk.kiosk('done')
      walk.link = (await takeNumber(await walk.kiosk(), 'residence-permit', false)).link
      await walk.kiosk('done')
      await expect(walk.page('console').getByTestId(/^row-A/)).toHaveCount(2)
    },
  },
  {
    name: 'phone-waiting',
    reach: async (walk) => {
      const { pathname, hash } = new URL(walk.link)
      await expect((await walk.open('phone', pathname + hash)).getByTestId('phone-number')).toBeVisible()
    },
  },
  { name: 'console-called', reach: (walk) => walk.desk('n', 'start') },
  {
    name: 'display-calling',
    reach: (walk) => expect(walk.page('display').getByTestId('now-number').first()).toBeVisible(),
  },
  { name: 'console-serving', reach: (walk) => walk.desk('s', 'complete') },
  { name: 'console-add', reach: (walk) => walk.desk('a', 'order-any') },
  {
    name: 'console-transfer',
    reach: async (walk) => {
      await walk.page('console').keyboard.press('Escape')
      await walk.page('console').keyboard.press('t')
    },
  },
  {
    name: 'phone-called',
    reach: async (walk) => {
      await walk.page('console').keyboard.press('Escape')
      await walk.page('console').getByTestId('complete').click()
      await expect(walk.page('console').getByTestId('next')).toBeEnabled()
      // The first has another matter, and is called for it before anybody else.
      await walk.page('console').getByTestId('next').click()
      await walk.page('console').getByTestId('no-show').click()
      await expect(walk.page('console').getByTestId('next')).toBeEnabled()
      await walk.page('console').getByTestId('next').click()
      await expect(walk.page('phone').getByTestId('phone-counter')).toBeVisible()
    },
  },
  {
    name: 'phone-missed',
    reach: async (walk) => {
      await walk.page('console').getByTestId('no-show').click()
      await expect(walk.page('phone').getByTestId('rejoin')).toBeVisible()
    },
  },
  {
    name: 'console-missed',
    reach: (walk) => expect(walk.page('console').getByTestId(/^missed-A/)).toBeVisible(),
  },
  { name: 'display-after', reach: (walk) => expect(walk.page('display').getByTestId('foot')).toBeVisible() },
  {
    name: 'display-rating',
    reach: async (walk) => {
      const tablet = await walk.open('display', '/display/#rate=c1')
      await expect(tablet.getByTestId('tablet-hall')).toBeVisible()
      await doneAtCounter(walk)
      await expect(tablet.getByTestId('rating')).toBeVisible()
    },
  },
  {
    name: 'phone-rating',
    reach: async (walk) => {
      await doneAtCounter(walk, 'phone')
      await walk.page('phone').getByTestId('level-2').click()
      await expect(walk.page('phone').getByTestId('rating-done')).toBeVisible()
    },
  },
  { name: 'kiosk-missed', reach: (walk) => walk.kiosk('missed') },
  { name: 'manage-sign-in', reach: (walk) => walk.open('manage') },
  {
    name: 'manage-hall',
    reach: async (walk) => {
      await walk.signIn('manage', 'supervisor')
      await expect(walk.page('manage').getByTestId('hall')).toBeVisible()
    },
  },
  {
    name: 'kiosk-help',
    reach: async (walk) => expect((await walk.kiosk('help')).getByTestId('help-leave')).toBeVisible(),
  },
  {
    name: 'console-help',
    reach: (walk) => expect(walk.page('console').getByTestId(/^help-K/)).toBeVisible(),
  },
  {
    name: 'manage-help',
    reach: (walk) => expect(walk.page('manage').getByTestId(/^help-K/)).toBeVisible(),
  },
  {
    name: 'manage-day',
    reach: async (walk) => {
      await walk.page('manage').getByTestId('page-day').click()
      await expect(walk.page('manage').getByTestId('day-issued')).toBeVisible()
    },
  },
]

/** The screen a state is of. */
export function screenOf({ name }: State): Screen {
  return name.slice(0, name.indexOf('-')) as Screen
}
