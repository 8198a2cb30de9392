import type { Given, State, Walk } from './walk.ts'

/** Nobody's. */
const UNKNOWN = '/phone/#abcdefghijkmnpqr'

/** The page of a number, on a phone. */
async function follow(walk: Walk, { path }: Given): Promise<void> {
  await walk.open('phone', path)
  await walk.sees('phone', 'phone-number')
}

/** A number of its own lane, called at once, and followed. */
async function called(walk: Walk): Promise<void> {
  const given = await walk.issue('disability-certificate')
  await walk.call('counter5')
  await follow(walk, given)
}

/** A resident's page, from the first view of it to the last. */
export const ON_THE_PHONE: readonly State[] = [
  {
    name: 'phone-loading',
    reach: (walk) => walk.open('phone', UNKNOWN, (page) => page.route('**/api/**', () => {})),
  },
  {
    name: 'phone-no-code',
    reach: async (walk) => {
      await walk.open('phone')
      await walk.sees('phone', 'phone-message')
    },
  },
  {
    name: 'phone-bad-code',
    reach: async (walk) => {
      await walk.open('phone', UNKNOWN)
      await walk.sees('phone', 'phone-message')
    },
  },
  {
    name: 'phone-failed',
    reach: async (walk) => {
      await walk.open('phone', UNKNOWN, (page) => page.route('**/api/**', (asked) => asked.abort()))
      await walk.sees('phone', 'phone-message')
    },
  },
  {
    name: 'phone-unserved',
    reach: async (walk) => follow(walk, await walk.issue('social-insurance')),
  },
  {
    name: 'phone-waiting',
    reach: async (walk) => {
      await walk.colleague('counter6')
      for (let before = 0; before < 3; before++) await walk.issue('legal-advice')
      await follow(walk, await walk.issue('housing'))
    },
  },
  {
    name: 'phone-three',
    reach: async (walk) => {
      await walk.colleague('counter1')
      const more = ['social-insurance', 'old-age-allowance']
      await follow(walk, await walk.issue('residence-permit', { more, order: 'sequence' }))
      await walk.issue('residence-permit')
      await walk.sees('phone', 'more-time')
    },
  },
  {
    name: 'phone-let-first',
    reach: async (walk) => {
      await walk.touch('phone', 'more-time')
      await walk.sees('phone', 'let-first-sure')
    },
  },
  {
    name: 'phone-give-up',
    reach: async (walk) => {
      await walk.touch('phone', 'let-first-keep', 'give-up')
      await walk.sees('phone', 'give-up-sure')
    },
  },
  {
    name: 'phone-called',
    reach: async (walk) => {
      await walk.touch('phone', 'give-up-keep')
      await walk.call('counter1')
      await walk.sees('phone', 'phone-counter')
    },
  },
  {
    name: 'phone-minute',
    reach: async (walk) => {
      await walk.touch('phone', 'more-time')
      await walk.sees('phone', 'more-time-said')
    },
  },
  {
    name: 'phone-missed',
    reach: async (walk) => {
      await called(walk)
      await walk.goOn('no-show')
      await walk.sees('phone', 'rejoin')
    },
  },
  {
    name: 'phone-refused',
    reach: async (walk) => {
      const phone = walk.page('phone')
      await phone.route('**/rejoin', (asked) => asked.abort())
      await walk.touch('phone', 'rejoin')
      await phone.locator('.rejoin .notice').waitFor({ timeout: 30_000 })
    },
  },
  {
    name: 'phone-serving',
    reach: async (walk) => {
      await called(walk)
      await walk.goOn('start')
      await walk.page('phone').locator('.slip-state--serving').waitFor()
    },
  },
  {
    name: 'phone-held',
    reach: async (walk) => {
      await walk.goOn(['hold', { kind: 'fetching' }])
      await walk.page('phone').locator('.slip-state--held').waitFor()
    },
  },
  {
    name: 'phone-rating',
    reach: async (walk) => {
      await called(walk)
      await walk.goOn('start', 'complete')
      await walk.sees('phone', 'rating')
    },
  },
  {
    name: 'phone-rating-more',
    reach: async (walk) => {
      await walk.touch('phone', 'level-2')
      await walk.sees('phone', 'rating-done')
      await walk.page('phone').getByTestId('rating-text').fill('材料清单可以再清楚一点。'.repeat(8))
    },
  },
  {
    name: 'phone-thanks',
    reach: async (walk) => {
      await walk.touch('phone', 'rating-add')
      await walk.sees('phone', 'rating-thanks')
    },
  },
  {
    name: 'phone-suggest',
    reach: async (walk) => {
      await walk.touch('phone', 'suggest-open')
      await walk.page('phone').getByTestId('suggest-text').fill('窗口前的椅子太少了。'.repeat(10))
    },
  },
  {
    name: 'phone-suggest-thanks',
    reach: async (walk) => {
      await walk.touch('phone', 'suggest-send')
      await walk.sees('phone', 'suggest-thanks')
    },
  },
  {
    name: 'phone-cancelled',
    reach: async (walk) => {
      await follow(walk, await walk.issue('housing'))
      await walk.touch('phone', 'give-up', 'give-up-sure')
      await walk.page('phone').locator('.slip-state--cancelled').waitFor()
    },
  },
  {
    name: 'phone-farewell',
    reach: async (walk) => {
      await follow(walk, await walk.issue('housing'))
      await walk.hall.apply((file) => file.replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'))
      const note = {
        'zh-CN': '今天的办理时间已过，让您久等了，很抱歉。明早八点半起优先为您办理，请带好今天的号码。',
        en: 'We are closed now and are sorry for your wait. Tomorrow from half past eight you come first.',
      }
      await (await walk.colleague('supervisor')).post('/sites/nuanan/send-home', { note })
      await walk.sees('phone', 'phone-farewell')
    },
  },
  {
    name: 'phone-lost',
    reach: async (walk) => {
      await walk.lose('phone')
    },
  },
]
