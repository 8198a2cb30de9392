import { writeFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './hall.ts'
import { jarring, speakOwn, speakPseudo } from './pseudo.ts'
import { contactSheet } from './sheet.ts'
import { SIZES, STATES, screenOf, Walk } from './states.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const LANGUAGES = ['zh-CN', 'en'] as const
const FOLDER = 'test-results/sheet'
/** `npm run screens`: keeps a picture of each as well. */
const pictures = process.env.SCREENS === '1'

/** Whether the screen offers another language. */
async function speak(page: Page, language: string): Promise<boolean> {
  const choice = page.getByTestId(`language-${language}`)
  if ((await choice.count()) === 0) return false
  // What lies over it is to stay there.
  await choice.evaluate((button: HTMLElement) => button.click())
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  return true
}

async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('every state of every screen, in both languages, at its sizes, and in a language that is longer and mirrored', async ({
  browser,
  hall,
}) => {
  test.setTimeout(600_000)
  const walk = new Walk(browser, hall)
  const faults: string[] = []
  const kept: string[] = []
  for (const state of STATES) {
    await state.reach(walk)
    const screen = screenOf(state)
    const page = walk.page(screen)
    for (const { name, width, height, large } of SIZES[screen]) {
      await page.setViewportSize({ width, height })
      await page.evaluate(
        (size) => {
          if (document.documentElement.dataset.size) document.documentElement.dataset.size = size
        },
        large ? 'large' : 'standard',
      )
      const at = `${state.name} ${name}`
      const keep = async (as: string) => {
        if (!pictures) return
        const file = `${state.name}-${name}-${as}.png`
        await page.screenshot({ path: `${FOLDER}/${file}` })
        kept.push(file)
      }
      const told = (language: string, problems: string[]) =>
        faults.push(...problems.map((problem) => `${at} ${language}: ${problem}`))
      for (const language of LANGUAGES) {
        if (!(await speak(page, language)) && language === 'en') continue
        told(language, await axe(page))
        await keep(language)
      }
      await speak(page, 'zh-CN')
      await speakPseudo(page)
      told('pseudo', await jarring(page))
      await keep('pseudo')
      await speakOwn(page)
    }
    const [{ width, height }] = SIZES[screen]
    await page.setViewportSize({ width, height })
    await page.evaluate(() => {
      if (document.documentElement.dataset.size) document.documentElement.dataset.size = 'standard'
    })
  }
  if (pictures) await writeFile(`${FOLDER}/index.html`, contactSheet(kept))
  expect(faults).toEqual([])
})
