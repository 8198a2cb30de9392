import type { Page } from '@playwright/test'
import { expect } from './hall.ts'

/** Tab after Tab until this has the focus; what has it on the way is seen. */
export async function tabTo(page: Page, id: string): Promise<void> {
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const one = document.activeElement
      if (!one || one === document.body) return { id: '', seen: true }
      const outlined = (framed: Element | null): boolean => {
        if (!framed) return false
        const { outlineStyle, outlineWidth } = getComputedStyle(framed)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      }
      // A screen that has just come puts the focus on its heading, which nobody can press.
      if (one instanceof HTMLHeadingElement) return { id: '', seen: true }
      // A field is outlined together with what stands in it.
      const seen = outlined(one) || (one instanceof HTMLInputElement && outlined(one.parentElement))
      return { id: one.getAttribute('data-testid') ?? one.outerHTML.slice(0, 99), seen }
    })
    expect(at.seen, `${at.id} shows its focus`).toBe(true)
    if (at.id === id) return
  }
  throw new Error(`Tab never comes to ${id}.`)
}
