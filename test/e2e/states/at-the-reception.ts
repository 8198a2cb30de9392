import { expect } from '../hall.ts'
import { SIZES, type Sizes, type State, type Walk } from './walk.ts'

/** Also as a narrow window, and on a volunteer's small tablet. */
const ALSO_BESIDE: Sizes = [...SIZES.console, { name: 'beside', width: 420, height: 900 }]

/** Presses keys one after another, each once the one before is done. */
async function press(walk: Walk, ...keys: string[]): Promise<void> {
  const page = walk.page('console')
  for (const key of keys) {
    await page.keyboard.press(key)
    await expect(page.locator('[aria-busy]')).toHaveCount(0)
  }
}

/** A volunteer's day at the reception. */
export const AT_THE_RECEPTION: readonly State[] = [
  {
    name: 'console-reception',
    reach: async (walk) => {
      await walk.open('console', '/console/')
      await walk.signIn('console', 'volunteer')
      await walk.sees('console', 'give-housing')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-reception-wish',
    reach: async (walk) => {
      await press(walk, 'q', 'e')
      await walk.touch('console', 'prepare-written')
    },
  },
  {
    name: 'console-reception-given',
    reach: async (walk) => {
      await press(walk, '2')
      await walk.sees('console', 'given-qr')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-reception-why',
    reach: async (walk) => {
      await walk.issue('residence-permit')
      await press(walk, '2', 'w')
      await expect(walk.page('console').getByTestId('print-why')).toBeEnabled()
    },
  },
  {
    name: 'console-reception-change',
    reach: async (walk) => {
      await press(walk, 'Escape', 'c')
      await walk.sees('console', 'change-leave')
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-reception-cancel',
    reach: async (walk) => {
      await press(walk, 'Escape', 'x')
      await walk.sees('console', 'asked')
    },
  },
  {
    name: 'console-reception-missed',
    reach: async (walk) => {
      await walk.call('counter1', 'no-show')
      await walk.call('counter2', 'start')
      await walk.sees('console', /^rejoin-A/)
      await press(walk, 'Escape')
      await walk.touch('console', 'here-A001')
      await walk.askHelp()
      await walk.sees('console', /^help-K/)
    },
    sizes: ALSO_BESIDE,
  },
  {
    name: 'console-reception-not-found',
    reach: async (walk) => {
      await press(walk, 'f')
      await walk.page('console').keyboard.type('888')
      await walk.sees('console', 'none-here')
    },
  },
  {
    name: 'console-reception-error',
    reach: async (walk) => {
      const page = walk.page('console')
      await press(walk, 'Escape')
      await page.route('**/tickets', (asked) => asked.abort())
      await walk.touch('console', 'give-housing')
      await walk.sees('console', 'error')
      await page.unroute('**/tickets')
    },
  },
]
