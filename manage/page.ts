import { type ReadonlySignal, signal } from '@preact/signals'

/** Where in the app one is. A day of null is today. */
export type Page =
  | { page: 'hall' }
  | { page: 'day'; day: string | null }
  | { page: 'audit' }
  | { page: 'screens'; code: string | null }
  | { page: 'api-keys' }
  | { page: 'account' }
  | { page: 'setup' }

/** The page an address means: `#/`, `#/day`, `#/day/2026-03-02`, `#/audit`, `#/screens`, `#/screens/K7M-3QX`, `#/api-keys`, `#/account`, `#setup`. What it does not know is the hall. */
export function pageOf(hash: string): Page {
  const [first = '', second] = hash.replace(/^#\/?/, '').split('/')
  if (first === 'setup') return { page: 'setup' }
  if (first === 'audit') return { page: 'audit' }
  if (first === 'api-keys') return { page: 'api-keys' }
  if (first === 'account') return { page: 'account' }
  if (first === 'screens') return { page: 'screens', code: second || null }
  if (first === 'day') return { page: 'day', day: second && isDay(second) ? second : null }
  return { page: 'hall' }
}

/** The address of a day's page. */
export function dayLink(day: string | null): string {
  return day === null ? '#/day' : `#/day/${day}`
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
}

/** The page of the window's address, as it changes. */
export function followAddress(): ReadonlySignal<Page> {
  const page = signal(pageOf(location.hash))
  window.addEventListener('hashchange', () => {
    page.value = pageOf(location.hash)
  })
  return page
}
