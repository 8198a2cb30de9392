import { clockTime } from '#domain/calendar.ts'
import { expect } from '../hall.ts'
import { ZONE } from '../zone.ts'
import { SIZES, type Sizes, type State, type Walk } from './walk.ts'

/** Also as a window beside another program. */
const ALSO_BESIDE: Sizes = [...SIZES.console, { name: 'beside', width: 420, height: 900 }]

/** Leaves the choice that is open at the desk, and opens another. */
async function turnTo(walk: Walk, keys: string, then = 'sheet'): Promise<void> {
  await walk.page('console').keyboard.press('Escape')
  await expect(walk.page('console').getByTestId('sheet')).toHaveCount(0)
  await walk.desk(keys, then)
}

/** Whoever was called has come. The desk takes no key while another is carried out, and none further before it is begun. */
async function begin(walk: Walk): Promise<void> {
  await expect(walk.page('console').locator('[aria-busy]')).toHaveCount(0)
  await walk.page('console').keyboard.press('s')
  await expect(walk.page('console').getByTestId('start')).toHaveCount(0)
}

/** A row of paper: nobody came to a call of this minute. */
async function enterMissed(walk: Walk, number: string): Promise<void> {
  const page = walk.page('console')
  await page.getByTestId('entry-number').fill(number)
  await page.getByTestId('entry-called').fill(clockTime(Date.now(), ZONE))
  await page.getByTestId('entry-missed').check()
  await page.keyboard.press('Enter')
}

/** The console from signing in to the end of the day. */
export const AT_THE_COUNTER: readonly State[] = [
  {
    name: 'console-loading',
    reach: (walk) => walk.open('console', '/console/', (page) => page.route('**/api/**', () => {})),
  },
  {
    name: 'console-sign-in',
    reach: async (walk) => {
      await walk.open('console', '/console/?counter=c1')
      await walk.sees('console', 'sign-in')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-refused',
    reach: async (walk) => {
      await walk.signIn('console', 'counter1', 'not the password')
      await walk.sees('console', 'error')
    },
  },
  {
    name: 'console-closed',
    reach: async (walk) => {
      await walk.signIn('console', 'counter1')
      await walk.sees('console', 'open')
    },
  },
  {
    name: 'console-empty',
    reach: async (walk) => {
      await walk.touch('console', 'open')
      await expect(walk.page('console').getByTestId('next')).toBeEnabled()
    },
    sizes: ALSO_BESIDE,
  },
  { name: 'console-nobody', reach: (walk) => walk.desk('n', 'nobody') },
  {
    name: 'console-waiting',
    reach: async (walk) => {
      await walk.issue('residence-permit')
      await walk.issue('birth-registration', {
        more: ['social-insurance', 'old-age-allowance'],
        order: 'sequence',
      })
      await walk.issue('residence-permit', {
        care: {},
        accommodations: ['written', 'wheelchair-counter'],
        materials: [
          { serviceId: 'residence-permit', here: ['居民身份证', '居住地址证明'], missing: ['近期证件照'] },
        ],
      })
      await walk.issue('residence-permit')
      await walk.sees('console', 'row-A004')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-why',
    reach: async (walk) => {
      await walk.touch('console', 'why-A001')
      await walk.sees('console', 'why-panel')
    },
  },
  {
    name: 'console-row-menu',
    reach: async (walk) => {
      await walk.touch('console', 'why-A001', 'row-menu-A002')
      await walk.sees('console', 'row-menu')
    },
    sizes: ALSO_BESIDE,
  },
  { name: 'console-row-change', reach: (walk) => walk.touch('console', 'change-A002') },
  {
    name: 'console-row-cancel',
    reach: (walk) => {
      // Another row's question.
      return walk.touch('console', 'row-menu-A001', 'cancel-A001')
    },
  },
  {
    name: 'console-unserved',
    reach: async (walk) => {
      await walk.touch('console', 'row-menu-A001', 'pause')
      await walk.sees('console', 'unserved-A')
    },
  },
  {
    name: 'console-error',
    reach: async (walk) => {
      const page = walk.page('console')
      await walk.touch('console', 'open')
      await page.route('**/call-next', (asked) => asked.abort())
      await walk.touch('console', 'next')
      await walk.sees('console', 'error')
      await page.unroute('**/call-next')
    },
  },
  { name: 'console-called', reach: (walk) => walk.desk('n', 'not-by-voice'), sizes: ALSO_BESIDE },
  { name: 'console-serving', reach: begin, sizes: ALSO_BESIDE },
  { name: 'console-more', reach: (walk) => turnTo(walk, 'e') },
  { name: 'console-actions', reach: (walk) => turnTo(walk, 'l', 'actions-list'), sizes: ALSO_BESIDE },
  { name: 'console-hold', reach: (walk) => turnTo(walk, 'h') },
  { name: 'console-add', reach: (walk) => turnTo(walk, 'a', 'order-any') },
  { name: 'console-transfer', reach: (walk) => turnTo(walk, 't'), sizes: ALSO_BESIDE },
  {
    name: 'console-transfer-note',
    reach: async (walk) => {
      await walk.page('console').keyboard.press('Enter')
      await walk
        .page('console')
        .getByTestId('transfer-note')
        .fill('材料已核对，只差盖章；请核对居住地址证明的日期。')
    },
  },
  { name: 'console-times', reach: (walk) => turnTo(walk, 'c', 'times-begun') },
  {
    name: 'console-visit',
    reach: async (walk) => {
      await turnTo(walk, 'a', 'order-any')
      await walk.touch('console', 'add-old-age-allowance')
      await walk.sees('console', 'visit')
    },
  },
  {
    name: 'console-onward',
    reach: async (walk) => {
      await walk.touch('console', 'complete')
      await walk.sees('console', 'onward')
    },
  },
  {
    name: 'console-missed',
    reach: async (walk) => {
      await walk.desk('n', 'no-show')
      await walk.desk('x', 'missed-A001')
    },
  },
  {
    name: 'console-entry',
    reach: async (walk) => {
      const { number } = await walk.issue('old-age-allowance')
      await walk.touch('console', 'enter-paper')
      await enterMissed(walk, number)
      await walk.sees('console', 'entry-rows')
      await enterMissed(walk, number)
      await walk.sees('console', 'entry-fault')
      await expect(walk.page('console').getByTestId('entry-fault')).not.toBeEmpty()
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-held',
    reach: async (walk) => {
      await walk.touch('console', 'entry-leave', 'rejoin-C001')
      await expect(walk.page('console').getByTestId('missed-C001')).toHaveCount(0)
      await walk.desk('n', 'start')
      await begin(walk)
      await walk.desk('h', 'sheet')
      await walk.touch('console', 'hold-fetching')
      await walk.sees('console', 'held-A002')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-last-call',
    reach: async (walk) => {
      await walk.desk('n', 'recall')
      for (const times of [2, 3]) {
        await walk.desk('r', 'calls')
        await expect(walk.page('console').getByTestId('calls')).toContainText(`${times}/3`)
      }
    },
  },
  {
    name: 'console-note',
    reach: async (walk) => {
      await walk.touch('console', 'start', 'complete')
      await expect(walk.page('console').getByTestId('next')).toBeEnabled()
      await walk.issue('social-insurance')
      const note = '社保卡已挂失，今天只办居住证；老人听力不好，请慢慢说。'
      await walk.call('counter3', 'start')
      await walk.goOn(['transfer', { to: { laneId: 'household' }, note }])
      await walk.desk('n', 'note-read')
      await walk.touch('console', 'note-read')
      await walk.sees('console', 'note')
    },
  },
  {
    name: 'console-help',
    reach: async (walk) => {
      await walk.askHelp()
      await walk.sees('console', /^help-K/)
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-taken',
    reach: async (walk) => {
      await walk.open('console', '/console/?counter=c1')
      await walk.signIn('console', 'counter2')
      await walk.sees('console', 'take-over-ask')
    },
  },
  {
    name: 'console-take-over',
    reach: async (walk) => {
      await walk.touch('console', 'take-over-ask')
      await walk.sees('console', 'take-over')
    },
  },
  {
    name: 'console-stepped-back',
    reach: async (walk) => {
      await walk.touch('console', 'take-over')
      await walk.sees('console', 'complete')
      const colleague = await walk.colleague('counter4')
      await colleague.post('/counters/c1/open', { takeOver: true })
      await walk.sees('console', 'stepped-back')
    },
  },
  {
    name: 'console-choose',
    reach: async (walk) => {
      await walk.open('console')
      await walk.signIn('console', 'supervisor')
      await walk.sees('console', 'choose-c2')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-call',
    reach: async (walk) => {
      await walk.issue('housing')
      await walk.touch('console', 'choose-c6', 'open', 'row-menu-D002', 'call-D002')
      await walk.sees('console', 'call-D002-urgent')
    },
  },
  {
    name: 'console-after-hours',
    reach: async (walk) => {
      await walk.touch('console', 'help-going-K1', 'help-done-K1')
      await walk.hall.apply((file) =>
        file
          .replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01')
          .concat('\nprinters:\n  - { id: front, address: "127.0.0.1:9", paper: 80 }\n'),
      )
      await walk.sees('console', 'after-hours')
      await walk.sees('console', 'printer-front')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-clock',
    reach: async (walk) => {
      await walk.hall.kill()
      await walk.hall.windAhead(3_600_000)
      // It asks about the clock once it was out of touch.
      await walk.sees('console', 'lost')
      await walk.hall.start()
      await walk.sees('console', 'clock-confirm')
      await expect(walk.page('console').getByTestId('lost')).toHaveCount(0, { timeout: 30_000 })
    },
  },
  {
    name: 'console-expired',
    reach: async (walk) => {
      await walk
        .page('console')
        .context()
        .request.delete(`${walk.hall.url}/api/v1/session`, { headers: { origin: walk.hall.url } })
      await walk.sees('console', 'sign-in')
    },
  },
  {
    name: 'console-last-list',
    reach: async (walk) => {
      const page = walk.page('console')
      await page.getByTestId('password').fill('a-password-for-tests')
      await walk.touch('console', 'sign-in')
      await expect(page.getByTestId('sign-in')).toHaveCount(0)
      await walk.sees('console', 'print-list')
      // Opened anew, it does not reach the server.
      await page.route('**/api/**', (asked) => asked.abort())
      await page.reload()
      await walk.sees('console', 'last-list')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-was-away',
    reach: async (walk) => {
      const page = walk.page('console')
      // As if that had been for some minutes.
      await page.evaluate(() => {
        const name = 'nuanhao.console.last-list'
        const list = JSON.parse(localStorage.getItem(name) ?? '{}')
        localStorage.setItem(name, JSON.stringify({ ...list, asOf: list.asOf - 3 * 60_000 }))
      })
      await page.unroute('**/api/**')
      await walk.touch('console', 'choose-c6')
      await walk.sees('console', 'was-away')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-lost',
    reach: async (walk) => {
      await walk.touch('console', 'was-away-nothing')
      await walk.lose('console')
      await walk.sees('console', 'print-lost')
    },
    sizes: ALSO_BESIDE,
  },
]
