import { expect } from '../hall.ts'
import type { State, Walk } from './walk.ts'

/** What a kiosk asks about a number, and its answer. */
async function ask(walk: Walk, number: string): Promise<void> {
  await walk.touch('kiosk', `missed-letter-${number[0]}`)
  for (const digit of number.slice(1)) await walk.touch('kiosk', `missed-digit-${digit}`)
  await walk.touch('kiosk', 'missed-find')
  await walk.sees('kiosk', 'missed-result')
}

/** A reader that types. */
async function hold(walk: Walk, number: string): Promise<void> {
  await walk.page('kiosk').keyboard.type(number)
  await walk.page('kiosk').keyboard.press('Enter')
}

/** The kiosk from home to a ticket. */
export const CHECK_IN: readonly State[] = [
  // What it asks the server first is never answered.
  {
    name: 'kiosk-loading',
    reach: (walk) => walk.open('kiosk', '/kiosk/', (page) => page.route('**/api/**', () => {})),
  },
  {
    name: 'kiosk-home',
    reach: async (walk) => {
      await walk.open('kiosk')
      await walk.sees('kiosk', 'missed')
    },
  },
  {
    name: 'kiosk-help',
    reach: async (walk) => {
      await walk.touch('kiosk', 'help')
      await walk.sees('kiosk', 'help-leave')
    },
  },
  { name: 'kiosk-contrast', reach: (walk) => walk.touch('kiosk', 'help-leave', 'contrast') },
  {
    name: 'kiosk-reading',
    reach: async (walk) => {
      await walk.touch('kiosk', 'contrast', 'read')
      await walk.sees('kiosk', 'volume')
    },
  },
  {
    name: 'kiosk-search',
    reach: async (walk) => {
      await walk.touch('kiosk', 'read', 'search')
      await walk.sees('kiosk', 'search-field')
    },
  },
  {
    name: 'kiosk-search-nothing',
    reach: (walk) => walk.page('kiosk').getByTestId('search-field').fill('zzzz'),
  },
  { name: 'kiosk-check', reach: (walk) => walk.touch('kiosk', 'back', 'service-residence-permit') },
  { name: 'kiosk-check-some', reach: (walk) => walk.touch('kiosk', 'have-some', 'have-居民身份证') },
  {
    name: 'kiosk-missing',
    reach: async (walk) => {
      await walk.touch('kiosk', 'checked')
      await walk.sees('kiosk', 'missing-screen')
    },
  },
  {
    name: 'kiosk-list',
    reach: async (walk) => {
      await walk.touch('kiosk', 'take-list')
      await walk.sees('kiosk', 'list-qr')
    },
  },
  {
    name: 'kiosk-care',
    reach: async (walk) => {
      await walk.touch('kiosk', 'wait-anyway')
      await walk.sees('kiosk', 'care-no')
    },
  },
  { name: 'kiosk-guide', reach: (walk) => walk.touch('kiosk', 'guide') },
  {
    name: 'kiosk-matters',
    reach: (walk) =>
      walk.touch('kiosk', 'guide-done', 'add-matters', 'matter-social-insurance', 'matter-old-age-allowance'),
  },
  { name: 'kiosk-check-three', reach: (walk) => walk.touch('kiosk', 'matters-done') },
  { name: 'kiosk-guide-three', reach: (walk) => walk.touch('kiosk', 'guide') },
  {
    name: 'kiosk-prepare',
    reach: (walk) => walk.touch('kiosk', 'guide-done', 'check-skip', 'ask-prepare', 'prepare-written'),
  },
  { name: 'kiosk-care-three', reach: (walk) => walk.touch('kiosk', 'prepare-done') },
  { name: 'kiosk-need', reach: (walk) => walk.touch('kiosk', 'care-yes') },
  {
    name: 'kiosk-issuing',
    reach: async (walk) => {
      await walk.page('kiosk').route('**/tickets', () => {})
      await walk.touch('kiosk', 'need-none')
      // It comes slowly: most answers are faster.
      await expect(walk.page('kiosk').getByTestId('issuing')).toHaveCSS('opacity', '1')
    },
  },
  {
    name: 'kiosk-failed',
    reach: async (walk) => {
      const kiosk = await walk.open('kiosk', '/kiosk/', (page) =>
        page.route('**/tickets', (asked) => asked.fulfill({ status: 429 })),
      )
      await walk.touch('kiosk', 'service-residence-permit', 'have-all', 'care-no')
      await walk.sees('kiosk', 'failed')
      await kiosk.unroute('**/tickets')
    },
  },
  {
    name: 'kiosk-ticket',
    reach: async (walk) => {
      await walk.touch('kiosk', 'again')
      await walk.sees('kiosk', 'ticket-qr')
    },
  },
  {
    name: 'kiosk-idle',
    reach: async (walk) => {
      await walk.touch('kiosk', 'done', 'service-residence-permit')
      await walk.sees('kiosk', 'check-screen')
      // Longer than 长辈版 waits, shorter than it takes to be forgotten.
      await walk.idle(46_000)
      await walk.sees('kiosk', 'idle')
    },
    sizes: [
      { name: 'upright', width: 1080, height: 1920 },
      { name: 'across', width: 1920, height: 1080 },
    ],
  },
]

/** The kiosk for who has a number already, and what a hall may have besides: cards, printers, quotas, an end of the day. */
export const ASKED_AGAIN: readonly State[] = [
  {
    name: 'kiosk-number',
    reach: async (walk) => {
      await walk.open('kiosk')
      await walk.touch('kiosk', 'missed')
      await walk.sees('kiosk', 'missed-number')
    },
  },
  { name: 'kiosk-not-found', reach: (walk) => ask(walk, 'A99') },
  {
    name: 'kiosk-place',
    reach: async (walk) => {
      await walk.issue('residence-permit', { care: {} })
      const { number } = await walk.issue('residence-permit')
      await walk.touch('kiosk', 'missed-again')
      await ask(walk, number)
    },
  },
  {
    name: 'kiosk-called',
    reach: async (walk) => {
      await walk.touch('kiosk', 'missed-again')
      await ask(walk, (await walk.call('counter1')).number)
    },
  },
  {
    name: 'kiosk-missed',
    reach: async (walk) => {
      await walk.touch('kiosk', 'missed-again')
      await walk.issue('residence-permit')
      await ask(walk, (await walk.call('counter2', 'no-show')).number)
      await walk.sees('kiosk', 'missed-rejoin')
    },
  },
  {
    name: 'kiosk-rejoined',
    reach: async (walk) => {
      await walk.touch('kiosk', 'missed-rejoin')
      await walk.sees('kiosk', 'done')
    },
  },
  {
    name: 'kiosk-identity',
    reach: async (walk) => {
      const known = walk.page('kiosk').waitForResponse(/\/sites\/nuanan$/)
      await walk.hall.apply((file) => `${file}\nidentity: { keyboard: true }\n`)
      await known
      await walk.touch('kiosk', 'done', 'service-housing')
      await walk.sees('kiosk', 'identity-screen')
    },
  },
  {
    name: 'kiosk-identity-wrong',
    reach: async (walk) => {
      await hold(walk, '110105194912310021')
      await walk.sees('kiosk', 'held')
    },
  },
  {
    name: 'kiosk-identity-shown',
    reach: async (walk) => {
      await hold(walk, '11010519491231002X')
      await walk.sees('kiosk', 'held-mask')
    },
  },
  {
    name: 'kiosk-already',
    reach: async (walk) => {
      await walk.touch('kiosk', 'have-all', 'care-no', 'done', 'service-housing')
      await walk.sees('kiosk', 'identity-screen')
      await hold(walk, '11010519491231002X')
      await walk.sees('kiosk', 'already')
    },
  },
  {
    name: 'console-identity',
    reach: async (walk) => {
      // The first in that line is the demo's own.
      await walk.call('counter6', 'no-show')
      await walk.open('console', '/console/?counter=c6')
      await walk.signIn('console', 'counter6')
      await walk.desk('n', 'identity-shown')
    },
  },
  {
    name: 'console-purpose',
    reach: async (walk) => {
      await walk.touch('console', 'identity-reveal')
      await walk.sees('console', 'identity-for-hand-over')
    },
  },
  {
    name: 'console-revealed',
    reach: async (walk) => {
      // Away from the choice, and to it again.
      await walk.touch('console', 'identity-reveal', 'identity-reveal', 'identity-for-check-person')
      await expect(walk.page('console').getByTestId('identity-shown')).toContainText('11010519491231002X')
    },
  },
  {
    name: 'kiosk-no-paper',
    reach: async (walk) => {
      const card = "by: [card, declared]\n  cards: [{ need: lives-alone, pattern: 'LA\\d{6}' }]"
      const quota = 'name: { zh-CN: 法律咨询, en: Legal advice }'
      await walk.hall.apply((file) =>
        file
          .replace('by: [declared, staff]', card)
          .replace(quota, `quota: 1\n    ${quota}`)
          .concat('\nprinters:\n  - { id: front, address: "127.0.0.1:9", paper: 80 }\n'),
      )
      await walk.touch('kiosk', 'done')
      await walk.sees('kiosk', 'no-paper')
    },
  },
  {
    name: 'kiosk-full',
    reach: async (walk) => {
      // The sample ticket of the demo has taken the only one.
      await walk.touch('kiosk', 'service-legal-advice')
      await walk.sees('kiosk', 'full')
    },
  },
  {
    name: 'kiosk-care-by-card',
    reach: async (walk) => {
      await walk.touch('kiosk', 'home', 'service-housing', 'identity-without', 'have-all')
      await walk.sees('kiosk', 'have-card')
    },
  },
  {
    name: 'kiosk-card',
    reach: async (walk) => {
      await walk.touch('kiosk', 'have-card')
      await walk.sees('kiosk', 'card-here')
    },
  },
  {
    name: 'kiosk-unknown-card',
    reach: async (walk) => {
      await hold(walk, 'XX999999')
      await walk.sees('kiosk', 'unknown-card')
    },
  },
  {
    name: 'kiosk-ticket-not-printed',
    reach: async (walk) => {
      await walk.touch('kiosk', 'card-without')
      await expect(walk.page('kiosk').getByTestId('paper')).toHaveAttribute('data-state', 'failed', {
        timeout: 30_000,
      })
    },
  },
  {
    name: 'kiosk-away',
    reach: async (walk) => {
      await walk.touch('kiosk', 'done')
      await walk.lose('kiosk')
    },
  },
  {
    name: 'kiosk-own-number',
    reach: async (walk) => {
      await walk.touch('kiosk', 'service-old-age-allowance', 'have-all', 'care-yes')
      await walk.sees('kiosk', 'tell-staff')
    },
  },
  {
    name: 'kiosk-not-in-line',
    reach: async (walk) => {
      await walk.hall.apply((file) => file.replace('id: old-age-allowance', 'id: old-age'))
      await walk.hall.start()
      await walk.touch('kiosk', 'done')
      await walk.sees('kiosk', 'refused')
      await walk.sees('kiosk', 'service-old-age')
    },
  },
  {
    name: 'kiosk-closed',
    reach: async (walk) => {
      await walk.touch('kiosk', 'refused-seen', 'refused-seen')
      await walk.hall.apply((file) => file.replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'))
      await walk.sees('kiosk', 'closed')
    },
  },
  {
    name: 'kiosk-lost',
    reach: async (walk) => {
      // One that cannot keep anything gives no numbers of its own.
      await walk.open('kiosk', '/kiosk/', (page) =>
        page.addInitScript(() => {
          indexedDB.open = () => {
            throw new Error('no disk')
          }
        }),
      )
      await walk.sees('kiosk', 'closed')
      await walk.lose('kiosk')
    },
  },
]
