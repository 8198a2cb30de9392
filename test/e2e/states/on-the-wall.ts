import type { Sizes, State } from './walk.ts'

const SIGN: Sizes = [
  { name: 'sign', width: 1920, height: 360 },
  { name: 'narrow', width: 1024, height: 300 },
]
const TABLET: Sizes = [
  { name: 'tablet', width: 1024, height: 768 },
  { name: 'upright', width: 768, height: 1024 },
]
const ZONES = `
display:
  zones:
    - { id: east, name: { zh-CN: 东区, en: East }, lanes: [household], counters: [c1, c2] }
    - { id: west, name: { zh-CN: 西区, en: West }, lanes: [welfare, housing-law] }
`

/** The hall display, a counter's own sign, and the tablet at a counter. */
export const ON_THE_WALL: readonly State[] = [
  {
    name: 'display-loading',
    reach: (walk) => walk.open('display', '/display/', (page) => page.route('**/api/**', () => {})),
  },
  {
    name: 'display-empty',
    reach: async (walk) => {
      await walk.open('display')
      await walk.sees('display', 'foot')
    },
  },
  {
    name: 'display-tablet',
    reach: async (walk) => {
      await walk.open('display', '/display/#rate=c1')
      await walk.sees('display', 'tablet-hall')
    },
    sizes: TABLET,
  },
  {
    name: 'display-rating',
    reach: async (walk) => {
      await walk.issue('residence-permit')
      await walk.call('counter1', 'start', 'complete')
      await walk.sees('display', 'rating')
    },
    sizes: TABLET,
  },
  {
    name: 'display-rating-more',
    reach: async (walk) => {
      await walk.touch('display', 'level-2')
      await walk.sees('display', 'rating-done')
    },
    sizes: TABLET,
  },
  {
    name: 'display-sign-closed',
    reach: async (walk) => {
      await walk.open('display', '/display/#counter=c4')
      await walk.sees('display', 'sign-words')
    },
    sizes: SIGN,
  },
  {
    name: 'display-calling',
    reach: async (walk) => {
      await walk.open('display')
      for (const service of ['residence-permit', 'social-insurance', 'housing']) await walk.issue(service)
      for (let more = 0; more < 9; more++) await walk.issue('birth-registration')
      await walk.call('counter1')
      await walk.sees('display', 'now-number')
    },
  },
  {
    name: 'display-three-calls',
    reach: async (walk) => {
      await walk.goOn('recall')
      await walk.call('counter2')
      await walk.call('counter3')
      await walk.page('display').locator('.call').nth(2).waitFor()
    },
  },
  {
    name: 'display-sign-called',
    reach: async (walk) => {
      await walk.open('display', '/display/#counter=c3')
      await walk.sees('display', 'sign-ticket')
    },
    sizes: SIGN,
  },
  {
    name: 'display-zones',
    reach: async (walk) => {
      await walk.hall.apply((file) => `${file}${ZONES}`)
      await walk.open('display')
      await walk.sees('display', 'zone-choice')
    },
  },
  {
    name: 'display-zone',
    reach: async (walk) => {
      await walk.touch('display', 'zone-east')
      await walk.sees('display', 'waiting-household')
    },
  },
  {
    name: 'display-far',
    reach: async (walk) => {
      await walk.hall.apply((file) => file.replace('display:\n', 'display:\n  reading-distance: 6.5\n'))
      await walk.page('display').locator('.wall--alone').waitFor()
    },
  },
  {
    name: 'display-closed',
    reach: async (walk) => {
      await walk.hall.apply((file) =>
        file.replace('  reading-distance: 6.5\n', '').replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'),
      )
      await walk.page('display').getByTestId('foot').getByText('已停止取号').first().waitFor()
    },
  },
  {
    name: 'display-lost',
    reach: async (walk) => {
      await walk.lose('display')
    },
  },
  {
    name: 'display-revoked',
    reach: async (walk) => {
      await walk.hall.start()
      const page = await walk.open('display')
      await walk.sees('display', 'waiting-household')
      const id = await page.evaluate(() => JSON.parse(localStorage.getItem('nuanhao.display') ?? '').id)
      await (await walk.colleague('supervisor')).delete(`/sites/nuanan/devices/${id}`)
      await walk.sees('display', 'revoked-title')
    },
  },
]
