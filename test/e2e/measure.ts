import type { Page } from '@playwright/test'

export interface Limits {
  /** Smallest text and smallest side of a target, CSS px; smallest line height, as a share of the text. */
  text: number
  target: number
  leading: number
}

/** What a resident of this screen would stumble over, in words; empty when all is well. */
export function measure(page: Page, limits: Limits): Promise<string[]> {
  return page.evaluate(({ text, target, leading }) => {
    const found: string[] = []
    const shown = (one: Element): boolean => {
      const { visibility, display, opacity } = getComputedStyle(one)
      const { width, height } = one.getBoundingClientRect()
      return visibility === 'visible' && display !== 'none' && opacity !== '0' && width > 0 && height > 0
    }
    const open = document.querySelector('dialog[open]')
    const root = open ?? document.body
    const named = (one: Element): string =>
      `<${one.tagName.toLowerCase()} ${one.className}> ${(one.textContent ?? '').trim().slice(0, 24)}`

    const own = (one: Element): Text[] =>
      [...one.childNodes].filter((node): node is Text => node instanceof Text && node.data.trim() !== '')
    const inked = [...root.querySelectorAll('*')].filter(
      (one) => shown(one) && own(one).length > 0 && !one.closest('svg,.visually-hidden'),
    )
    const boxes: { one: Element; box: DOMRect; bar: boolean }[] = []
    for (const one of inked) {
      const style = getComputedStyle(one)
      const px = Number.parseFloat(style.fontSize)
      if (px < text - 0.01) found.push(`text of ${px} px: ${named(one)}`)
      const line = style.lineHeight === 'normal' ? 1.2 : Number.parseFloat(style.lineHeight) / px
      if (line < leading - 0.001) found.push(`line height of ${line.toFixed(2)}: ${named(one)}`)
      for (const node of own(one)) {
        const range = document.createRange()
        range.selectNodeContents(node)
        for (const box of range.getClientRects()) {
          // A line's box is taller than its signs.
          const ink = new DOMRect(box.x, box.y + box.height * 0.18, box.width, box.height * 0.64)
          boxes.push({ one, box: ink, bar: one.closest('.access') !== null })
          for (let at: Element | null = one; at && at !== root; at = at.parentElement) {
            const frame = at.getBoundingClientRect()
            const cuts = at.tagName === 'BUTTON' || getComputedStyle(at).overflow !== 'visible'
            const out =
              ink.left < frame.left - 1 ||
              ink.right > frame.right + 1 ||
              ink.top < frame.top - 1 ||
              ink.bottom > frame.bottom + 1
            if (cuts && out) found.push(`cut by its ${at.tagName.toLowerCase()}: ${named(one)}`)
          }
          if (box.left < -1 || box.right > innerWidth + 1) found.push(`beyond the screen: ${named(one)}`)
        }
      }
    }
    for (const [at, { one, box, bar }] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        if (other.one === one || other.bar !== bar) continue
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
        if (across > 1 && down > 1) found.push(`overlap: ${named(one)} / ${named(other.one)}`)
      }
    }
    for (const one of root.querySelectorAll('button,a[href],input,select')) {
      const { width, height } = one.getBoundingClientRect()
      if (shown(one) && Math.min(width, height) < target - 0.5) {
        found.push(`target of ${Math.round(width)} × ${Math.round(height)}: ${named(one)}`)
      }
    }
    const page = document.documentElement
    if (page.scrollWidth > innerWidth) found.push(`wider than the screen by ${page.scrollWidth - innerWidth}`)
    const long = page.scrollHeight > innerHeight + 1
    const turns = [...document.querySelectorAll('[data-testid="page-down"]')].some(shown)
    if (!open && long && !turns) found.push('longer than the screen, and nothing turns the page')
    return [...new Set(found)]
  }, limits)
}
