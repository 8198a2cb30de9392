import type { Page } from '@playwright/test'

/** Puts every word of a page into a language that is two fifths longer and is read from right to left. */
export function speakPseudo(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.documentElement.dir = 'rtl'
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode as Text & { own?: string }
      // Numbers of tickets and counters, our sign and the names of languages are the same in every language; how large a
      // call or a notice stands on the wall is reckoned from the words of its own.
      if (!/\p{Script=Han}|[a-z]{2}/u.test(text.data)) continue
      if (text.parentElement?.closest('.wordmark, .call-place, .caption-idle, [data-testid=language-switch]'))
        continue
      text.own = text.data
      const signs = [...text.data.trim()]
      const more = signs.slice(0, Math.ceil(signs.length * 0.4)).join('')
      text.data = `\u200f⟦${signs.join('')} ${more}⟧\u200f`
    }
  })
}

/** Gives the page its own words back. */
export function speakOwn(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.documentElement.dir = ''
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode as Text & { own?: string }
      if (text.own !== undefined && text.data.startsWith('\u200f⟦')) text.data = text.own
    }
  })
}

/** What of a page is too wide for it, cut, or, in a language from right to left, not mirrored; a line for each. */
export function jarring(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const mirrored = document.documentElement.dir === 'rtl'
    const { clientWidth: width, scrollWidth } = document.documentElement
    if (scrollWidth > width) found.add(`wider than the screen: ${scrollWidth} of ${width}`)
    const nameOf = (element: Element) => {
      const id = element.getAttribute('data-testid') ?? element.getAttribute('class') ?? ''
      return `${element.tagName.toLowerCase()} ${id}`.trim()
    }
    /** What cuts an element off above or below: the nearest that does not let it be scrolled to, and is no line or tile. */
    const frameOf = (element: Element) => {
      for (let above = element.parentElement; above; above = above.parentElement) {
        const { overflowY, position } = getComputedStyle(above)
        if (overflowY === 'auto' || overflowY === 'scroll' || position === 'fixed') return null
        if (overflowY === 'visible' || above === document.body) continue
        const box = above.getBoundingClientRect()
        return box.height > window.innerHeight / 3 ? box : null
      }
      return null
    }
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (element.closest('svg, .visually-hidden') || !element.checkVisibility()) continue
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      const spoken = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
      if (spoken) {
        const clips = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
        // What is shortened with an ellipsis, and says the whole to whoever points at it, is not lost.
        const shortened = style.textOverflow === 'ellipsis' && element.title !== ''
        const cut =
          (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
        // What is there for a screen reader only is one dot large.
        if (cut && !shortened && element.clientWidth > 1) found.add(`cut: ${nameOf(element)}`)
        if (box.left < -1 || box.right > width + 1) found.add(`outside: ${nameOf(element)}`)
        const frame = element.clientWidth === 1 ? null : frameOf(element)
        if (frame && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1))
          found.add(`cut off: ${nameOf(element)}`)
      }
      // A row that is not mirrored begins at the left.
      if (mirrored && style.display.endsWith('flex') && style.flexDirection === 'row') {
        const [first, second] = [...element.children]
          .filter((child) => child.checkVisibility() && getComputedStyle(child).position === 'static')
          .map((child) => child.getBoundingClientRect())
        if (first && second && first.bottom > second.top && first.right <= second.left && first.width > 0)
          found.add(`not mirrored: ${nameOf(element)}`)
      }
    }
    return [...found]
  })
}
