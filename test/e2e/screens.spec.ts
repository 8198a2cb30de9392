import type { Page } from '@playwright/test'
import { axeFaults } from './axe.ts'
import { expect, test } from './hall.ts'
import { jarring, speakOwn, speakPseudo } from './pseudo.ts'
import { SCENES, type Scene } from './states/scenes.ts'
import { SIZES, type Size, type Sizes, type State, screenOf, Walk } from './states/walk.ts'

const LANGUAGES = ['zh-CN', 'en'] as const
/** `npm run screens`: in all languages and sizes, and keeps a picture of each. In `npm test` each is looked at once. */
const thorough = process.env.SCREENS === '1'

// Each of some hundred looks would be kept with all that is on the screen.
test.use({ trace: 'off' })

/** Whether the screen offers another language. */
async function speak(page: Page, language: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const choice = document.querySelector<HTMLElement>(`[data-testid="language-${wanted}"]`)
    // Within the page: what lies over it is to stay there.
    choice?.click()
    return choice !== null
  }, language)
}

/** As the switch of 长辈版 does it. */
function setSize(page: Page, size: 'large' | 'standard'): Promise<void> {
  return page.evaluate(async (wanted) => {
    if (document.documentElement.dataset.size) document.documentElement.dataset.size = wanted
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
  }, size)
}

/** Until nothing moves any more; what never comes to rest, though less motion is wanted. [ACCESS7] */
function atRest(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const moving = document.getAnimations()
    const ends = ({ effect }: Animation) =>
      Number(effect?.getComputedTiming().endTime) < Number.POSITIVE_INFINITY
    await Promise.allSettled(moving.filter(ends).map(({ finished }) => finished))
    return moving.filter((one) => !ends(one)).map((one) => `moves: ${(one as CSSAnimation).animationName}`)
  })
}

/** The same screen at 200 %; none needs less than 320 px. */
const zoomed = ([{ width, height }]: Sizes): Size => ({
  name: '200 %',
  width: Math.max(320, Math.round(width / 2)),
  height: Math.round(height / 2),
})

/** Looks at the state that a page is in; what is wrong with it, a line for each. */
async function look(page: Page, state: State, long: boolean): Promise<string[]> {
  const faults: string[] = []
  const before = page.viewportSize()
  const sizes = state.sizes ?? SIZES[screenOf(state)]
  const [ordinary] = sizes
  const twice = zoomed(sizes)
  for (const size of thorough ? [...sizes, twice] : [ordinary, twice]) {
    const { name, width, height, large } = size
    await page.setViewportSize({ width, height })
    await setSize(page, large ? 'large' : 'standard')
    const keep = async (as: string) => {
      if (thorough) await page.screenshot({ path: `test-results/sheet/${state.name}-${name}-${as}.png` })
    }
    const told = (language: string, problems: string[]) =>
      faults.push(...problems.map((problem) => `${state.name} ${name} ${language}: ${problem}`))
    const languages = thorough ? LANGUAGES : [size === twice ? 'en' : 'zh-CN']
    for (const language of languages) {
      // What offers no other language is looked at in its own.
      if (!(await speak(page, language)) && language !== languages[0]) continue
      told(language, await atRest(page))
      if (size !== twice) told(language, await axeFaults(page))
      told(language, await jarring(page))
      await keep(language)
    }
    await speak(page, 'zh-CN')
    if (long || size === twice) continue
    await speakPseudo(page)
    told('pseudo', await jarring(page))
    await keep('pseudo')
    await speakOwn(page)
  }
  if (before) await page.setViewportSize(before)
  await setSize(page, 'standard')
  return faults
}

function tell({ name, states, anew, long = false }: Scene): void {
  test.describe(() => {
    test.use({ demo: !anew })
    test(`[STATES1] [STATES2] every state of every screen: ${name}`, async ({ browser, hall }) => {
      test.setTimeout(900_000)
      const walk = new Walk(browser, hall)
      const faults: string[] = []
      for (const state of states) {
        await test.step(state.name, async () => {
          await state.reach(walk)
          faults.push(...(await look(walk.page(screenOf(state)), state, long)))
        })
      }
      await walk.end()
      expect(faults).toEqual([])
    })
  })
}

for (const scene of SCENES) tell(scene)
