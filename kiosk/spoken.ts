/** What is read as one: its parts with short pauses between. */
export type Phrase = readonly string[]

const WHOLE = 'h1,h2,h3,p,button,dt,dd,legend,label,a'

/**
 * The words of a screen in the order of reading. What is marked `data-unspoken` (a care reason) is never among them [READ3]; what was
 * typed into a field is not either; nor is the same thing in another language.
 */
export function phrasesOf(root: Element): Phrase[] {
  const found: Phrase[] = []
  gather(root, found)
  return found
}

/** The name of one thing, as the keyboard comes to it. */
export function phraseOf(one: Element): Phrase {
  return one.closest('[data-unspoken]') ? [] : partsOf(one)
}

function gather(at: Element, found: Phrase[]): void {
  if (unspoken(at)) return
  if (at.getAttribute('aria-label') !== null && at.getAttribute('role') === 'img') {
    found.push([at.getAttribute('aria-label') ?? ''])
    return
  }
  if (at.matches(WHOLE) || at.children.length === 0) {
    const parts = partsOf(at)
    if (parts.length > 0) found.push(parts)
    return
  }
  for (const child of at.children) gather(child, found)
}

function partsOf(at: Element): string[] {
  const label = at.getAttribute('aria-label')
  if (label) return [label]
  const parts: string[] = []
  const walk = (node: Node): void => {
    if (node instanceof Text) {
      const text = node.data.replace(/\s+/g, ' ').trim()
      if (text) parts.push(text)
    } else if (node instanceof Element && !unspoken(node)) {
      const name = node.getAttribute('aria-label')
      if (name) parts.push(name)
      else node.childNodes.forEach(walk)
    }
  }
  at.childNodes.forEach(walk)
  return parts
}

function unspoken(at: Element): boolean {
  const own = at.getAttribute('lang')
  return (
    at.matches('[aria-hidden="true"],[data-unspoken],[hidden],svg:not([role]),input,textarea,select') ||
    (own !== null && own !== document.documentElement.lang) ||
    getComputedStyle(at).visibility === 'hidden' ||
    getComputedStyle(at).display === 'none'
  )
}
