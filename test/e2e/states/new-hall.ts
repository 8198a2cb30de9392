import { PASSWORD } from '../hall.ts'
import { longHall } from './long-hall.ts'
import type { State, Walk } from './walk.ts'

/** A supervisor sets a screen up on the spot. */
async function letIn(walk: Walk, screen: 'kiosk' | 'display', place: object = {}): Promise<void> {
  const code = (await walk.page(screen).getByTestId('pairing-code').innerText()).slice(-7)
  const supervisor = await walk.colleague('supervisor')
  const { status } = await supervisor.post('/sites/nuanan/devices', { code, place })
  if (status !== 201) throw new Error(`not let in: ${status}`)
}

/** An empty server, its set-up, and then a hall to practise in where everything is many and long. */
export const NEW_HALL: readonly State[] = [
  {
    name: 'manage-set-up',
    reach: async (walk) => {
      await walk.open('manage', '/manage/#setup')
      await walk.sees('manage', 'set-up')
    },
  },
  {
    name: 'manage-set-up-refused',
    reach: async (walk) => {
      const page = walk.page('manage')
      const said = { code: 'WRONG-CODE', name: '管理员', username: 'admin', password: 'a-long-password' }
      for (const [field, text] of Object.entries(said)) await page.locator(`#${field}`).fill(text)
      await page.locator('#password').press('Enter')
      await walk.sees('manage', 'error')
    },
  },
  {
    name: 'manage-set-up-done',
    reach: async (walk) => {
      const page = walk.page('manage')
      await page.locator('#code').fill(/安装码 Setup code\s+(\S+)/.exec(walk.hall.printed())?.[1] ?? '')
      await page.locator('#password').press('Enter')
      await walk.sees('manage', 'setup-sign-in')
    },
  },
  {
    name: 'manage-no-hall',
    reach: async (walk) => {
      await walk.touch('manage', 'setup-sign-in')
      await walk.signIn('manage', 'admin', 'a-long-password')
      await walk.sees('manage', 'sign-out')
    },
  },
  {
    name: 'kiosk-pairing',
    reach: async (walk) => {
      await walk.open('kiosk')
      await walk.sees('kiosk', 'pairing-code')
    },
  },
  {
    name: 'display-pairing',
    reach: async (walk) => {
      await walk.open('display')
      await walk.sees('display', 'pairing-code')
    },
  },
  {
    name: 'kiosk-long-home',
    reach: async (walk) => {
      const printed = await walk.hall.apply(longHall)
      walk.password = (username) => new RegExp(`${username}\\s+(\\S+)`).exec(printed)?.[1] ?? ''
      await letIn(walk, 'kiosk')
      await walk.sees('kiosk', 'service-housing-2')
    },
  },
  { name: 'kiosk-long-search', reach: (walk) => walk.touch('kiosk', 'search') },
  { name: 'kiosk-long-check', reach: (walk) => walk.touch('kiosk', 'back', 'service-residence-permit') },
  {
    name: 'kiosk-long-missing',
    reach: async (walk) => {
      await walk.touch('kiosk', 'have-some', 'checked')
      await walk.sees('kiosk', 'missing-screen')
    },
  },
  {
    name: 'kiosk-long-list',
    reach: async (walk) => {
      await walk.touch('kiosk', 'take-list')
      await walk.sees('kiosk', 'list-qr')
    },
  },
  { name: 'kiosk-long-care', reach: (walk) => walk.touch('kiosk', 'wait-anyway') },
  { name: 'kiosk-long-guide', reach: (walk) => walk.touch('kiosk', 'guide') },
  {
    name: 'kiosk-long-matters',
    reach: (walk) =>
      walk.touch('kiosk', 'guide-done', 'add-matters', 'matter-social-insurance', 'matter-housing'),
  },
  {
    name: 'kiosk-long-prepare',
    reach: (walk) => walk.touch('kiosk', 'matters-done', 'check-skip', 'ask-prepare'),
  },
  {
    name: 'kiosk-long-ticket',
    reach: async (walk) => {
      await walk.touch('kiosk', 'prepare-done', 'care-no')
      await walk.sees('kiosk', 'ticket-number')
    },
  },
  {
    name: 'kiosk-long-number',
    reach: (walk) => walk.touch('kiosk', 'done', 'missed'),
  },
  {
    name: 'display-long',
    reach: async (walk) => {
      await letIn(walk, 'display')
      for (const service of ['residence-permit', 'social-insurance', 'housing', 'housing'])
        await walk.issue(service)
      await walk.call('counter1')
      await walk.call('counter3')
      await walk.sees('display', 'now-number')
    },
  },
  {
    name: 'display-long-sign',
    reach: async (walk) => {
      await walk.open('display')
      await walk.sees('display', 'pairing-code')
      await letIn(walk, 'display', { counter: 'c1' })
      await walk.sees('display', 'sign-ticket')
    },
    sizes: [{ name: 'sign', width: 1920, height: 360 }],
  },
  {
    name: 'console-first-password',
    reach: async (walk) => {
      await walk.open('console', '/console/?counter=c2')
      await walk.signIn('console', 'counter2')
      await walk.sees('console', 'first-password')
    },
  },
  {
    name: 'console-long',
    reach: async (walk) => {
      for (const field of ['new-password', 'new-password-again'])
        await walk.page('console').getByTestId(field).fill(PASSWORD)
      await walk.touch('console', 'save-password')
      walk.chosen.add('counter2')
      await walk.sees('console', 'open')
      for (let n = 0; n < 12; n++) await walk.issue('residence-permit', n % 3 === 0 ? { care: {} } : {})
      await walk.touch('console', 'open', 'next')
      await walk.sees('console', 'start')
      await walk.desk('s', 'complete')
    },
  },
  { name: 'console-long-transfer', reach: (walk) => walk.desk('t', 'sheet') },
  {
    name: 'console-long-add',
    reach: async (walk) => {
      await walk.page('console').keyboard.press('Escape')
      await walk.desk('a', 'order-any')
    },
  },
  {
    name: 'console-long-choose',
    reach: async (walk) => {
      await walk.open('console')
      await walk.signIn('console', 'supervisor')
      await walk.sees('console', 'choose-c2')
    },
  },
  {
    name: 'phone-long',
    reach: async (walk) => {
      const { path } = await walk.issue('housing', {
        more: ['social-insurance', 'old-age-allowance'],
        order: 'sequence',
      })
      await walk.open('phone', path)
      await walk.sees('phone', 'phone-number')
    },
  },
  {
    name: 'manage-long',
    reach: async (walk) => {
      await walk.open('manage')
      await walk.signIn('manage', 'supervisor')
      await walk.sees('manage', 'hall')
    },
  },
  {
    name: 'manage-long-day',
    reach: async (walk) => {
      await walk.touch('manage', 'page-day')
      await walk.sees('manage', 'day-issued')
    },
  },
]
