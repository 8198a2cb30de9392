import { expect } from '../hall.ts'
import type { State } from './walk.ts'

/** The supervisor's pages, from signing in to sending home whoever is left. */
export const SUPERVISED: readonly State[] = [
  {
    name: 'manage-loading',
    reach: (walk) => walk.open('manage', '/manage/', (page) => page.route('**/api/**', () => {})),
  },
  {
    name: 'manage-sign-in',
    reach: async (walk) => {
      await walk.open('manage')
      await walk.sees('manage', 'sign-in')
    },
  },
  {
    name: 'manage-refused',
    reach: async (walk) => {
      await walk.signIn('manage', 'supervisor', 'not the password')
      await walk.sees('manage', 'error')
    },
  },
  {
    name: 'manage-not-for-you',
    reach: async (walk) => {
      await walk.signIn('manage', 'counter1')
      await walk.sees('manage', 'not-for-you')
    },
  },
  {
    name: 'manage-api-keys',
    reach: async (walk) => {
      await walk.touch('manage', 'sign-out')
      await walk.signIn('manage', 'admin')
      await walk.touch('manage', 'page-api-keys')
      await walk.page('manage').locator('#name').fill('区政务大屏')
      await walk.touch('manage', 'generate')
      await walk.page('manage').locator('.api-keys .notice').waitFor()
    },
  },
  {
    name: 'manage-api-keys-made',
    reach: async (walk) => {
      await walk.touch('manage', 'scope-hall', 'scope-report', 'generate')
      await walk.sees('manage', 'secret')
    },
  },
  {
    name: 'manage-api-keys-sure',
    reach: async (walk) => {
      await walk.touch('manage', 'saved', 'revoke')
      await walk.sees('manage', 'revoke-now')
    },
  },
  {
    name: 'manage-account',
    reach: async (walk) => {
      await walk.colleague('supervisor')
      await walk.touch('manage', 'page-account')
      await walk.touch('manage', 'end-hall-session')
      await walk.sees('manage', 'end-hall-session-now')
    },
  },
  {
    name: 'manage-quiet',
    reach: async (walk) => {
      await walk.touch('manage', 'page-hall', 'sign-out')
      await walk.signIn('manage', 'supervisor')
      await walk.sees('manage', 'hall')
    },
  },
  {
    name: 'manage-day-quiet',
    reach: async (walk) => {
      await walk.touch('manage', 'page-day')
      await walk.sees('manage', 'day-issued')
    },
  },
  {
    name: 'manage-day-failed',
    reach: async (walk) => {
      const page = walk.page('manage')
      await page.route('**/report*', (asked) => asked.abort())
      await walk.touch('manage', 'day-before')
      await page.locator('.day .notice').waitFor({ timeout: 30_000 })
      await page.unroute('**/report*')
    },
  },
  {
    name: 'manage-screens',
    reach: async (walk) => {
      await walk.touch('manage', 'page-screens')
      await walk.page('manage').locator('#code').fill('222222')
      await walk.touch('manage', 'look')
      await walk.page('manage').locator('.screens .notice').waitFor()
    },
  },
  {
    name: 'manage-screens-alerts',
    reach: async (walk) => {
      await walk.troubled()
      await walk.sees('manage', /^alert-clock/)
    },
  },
  {
    name: 'manage-screens-found',
    reach: async (walk) => {
      const code = await walk.waiting()
      await walk.page('manage').locator('#code').fill(code)
      await walk.touch('manage', 'look')
      await walk.sees('manage', 'found')
    },
  },
  {
    name: 'manage-screens-sure',
    reach: async (walk) => {
      await walk.touch('manage', 'allow')
      await walk.sees('manage', 'approved')
      await walk.touch('manage', /^switch-off-D\d+$/)
      await walk.sees('manage', 'switch-off-now')
    },
  },
  {
    name: 'pad-pairing',
    reach: async (walk) => {
      await walk.open('pad')
      await walk.sees('pad', 'pairing-code')
    },
  },
  {
    name: 'pad-closed',
    reach: async (walk) => {
      const supervisor = await walk.colleague('supervisor')
      const code = (await walk.page('pad').getByTestId('pairing-code').innerText()).slice(-7)
      await supervisor.post('/sites/nuanan/devices', { code, place: { counter: 'c4' } })
      await walk.sees('pad', 'pad-state')
    },
  },
  {
    name: 'manage-screens-move',
    reach: async (walk) => {
      await walk.touch('manage', 'move-C1')
      await walk.sees('manage', 'move-now')
    },
  },
  {
    name: 'pad-nobody',
    reach: async (walk) => {
      const manage = walk.page('manage')
      await manage.locator('#place-C1').selectOption({ value: JSON.stringify({ counter: 'c2' }) })
      await walk.touch('manage', 'move-now')
      await walk.colleague('counter2')
      await walk.touch('pad', 'call-next')
      await expect(walk.page('pad').getByTestId('pad-word')).toHaveText('现在没有人等候。')
    },
  },
  {
    name: 'pad-called',
    reach: async (walk) => {
      await walk.issue('residence-permit')
      await walk.touch('pad', 'call-next', 'recall')
      await expect(walk.page('pad').getByTestId('pad-state')).toHaveText('已叫 2 次，等居民过来')
    },
  },
  {
    name: 'pad-busy',
    reach: async (walk) => {
      const pad = walk.page('pad')
      await pad.route('**/pad/recall', () => {})
      await walk.touch('pad', 'recall')
      await expect(pad.getByTestId('recall')).toHaveAttribute('aria-busy', 'true')
    },
  },
  {
    name: 'pad-serving',
    reach: async (walk) => {
      await walk.page('pad').reload()
      await walk.page('pad').unroute('**/pad/recall')
      await walk.sees('pad', 'start')
      await walk.page('pad').keyboard.press('3')
      await walk.sees('pad', 'complete')
    },
  },
  {
    name: 'pad-done',
    reach: async (walk) => {
      await walk.page('pad').keyboard.press('4')
      await walk.sees('pad', 'call-next')
    },
  },
  {
    name: 'manage-hall',
    reach: async (walk) => {
      for (const service of [
        'residence-permit',
        'birth-registration',
        'social-insurance',
        'disability-certificate',
      ]) {
        for (let n = 0; n < 3; n++) await walk.issue(service)
      }
      await walk.call('counter1', 'start')
      await walk.goOn(['hold', { kind: 'fetching' }])
      await walk.call('counter2', 'start')
      await walk.goOn(['hold', { kind: 'papers-kept' }], ['resume', { counterId: 'c2' }])
      await walk.call('counter3', 'start', 'complete')
      await walk.call('counter5', 'no-show')
      await walk.call('counter1')
      await walk.goOn(['transfer', { to: { laneId: 'welfare' } }])
      await walk.hall.kill()
      await walk.hall.age(50 * 60_000)
      await walk.hall.start()
      await walk.open('manage')
      await walk.signIn('manage', 'supervisor')
      await walk.sees('manage', 'advice-household')
      await walk.sees('manage', 'alert-strip')
    },
  },
  {
    name: 'manage-help',
    reach: async (walk) => {
      await walk.askHelp()
      await walk.sees('manage', /^help-K/)
    },
  },
  {
    name: 'manage-day',
    reach: async (walk) => {
      const given = await walk.issue('housing')
      await walk.call('counter6', 'start', 'complete')
      const resident = await walk.resident(given)
      await resident.post(`/tickets/${given.id}/rating`, {
        level: 2,
        tags: ['208'],
        text: '材料清单可以再清楚一点',
      })
      await resident.post(`/tickets/${given.id}/suggestion`, { text: '椅子再多几把就好了' })
      await walk.touch('manage', 'page-day')
      await walk.sees('manage', 'day-served')
    },
  },
  {
    name: 'manage-feedback',
    reach: async (walk) => {
      await walk.touch('manage', 'feedback-read')
      await walk.sees('manage', 'feedback-item')
    },
  },
  {
    name: 'manage-resident',
    reach: async (walk) => {
      const page = walk.page('manage')
      const { number } = await walk.issue('housing')
      await page.getByTestId('resident-number').fill(number)
      await walk.touch('manage', 'resident-find')
      await walk.sees('manage', 'resident-found')
      await page.getByTestId('resident').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'manage-resident-sure',
    reach: async (walk) => {
      await walk.touch('manage', 'resident-by-own-card', 'resident-erase')
      await walk.sees('manage', 'resident-confirm')
    },
  },
  {
    name: 'manage-audit',
    reach: async (walk) => {
      await walk.touch('manage', 'page-audit')
      await walk.sees('manage', /^audit-\d+/)
    },
  },
  {
    name: 'manage-audit-none',
    reach: async (walk) => {
      await walk.page('manage').getByTestId('audit-number').fill('Z999')
      await walk.touch('manage', 'audit-search')
      await walk.sees('manage', 'audit-none')
    },
  },
  {
    name: 'manage-closing',
    reach: async (walk) => {
      await walk.hall.apply((file) => file.replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'))
      await walk.touch('manage', 'page-hall')
      await walk.sees('manage', 'closing')
    },
  },
  {
    name: 'manage-send-home',
    reach: async (walk) => {
      await walk.touch('manage', 'send-home')
      await walk.sees('manage', 'note-0')
    },
  },
  {
    name: 'manage-send-home-own',
    reach: (walk) => walk.touch('manage', 'note-own'),
  },
  {
    name: 'manage-lost',
    reach: async (walk) => {
      await walk.page('manage').keyboard.press('Escape')
      await walk.lose('manage')
    },
  },
  {
    name: 'pad-lost',
    reach: async (walk) => {
      await walk.sees('pad', 'lost')
      // What it showed is old, and it says so. [PAD4]
      await expect(walk.page('pad').getByTestId('pad-state')).toHaveText(/^\d\d:\d\d:\d\d 时：\s./)
    },
  },
]
