import type { Page } from '@playwright/test'

/** Fails the test once the page throws, or wants what its policy forbids: an inline script or style, another server. [HEADER1] */
export function unhindered(page: Page): void {
  page.on('pageerror', (error) => {
    throw error
  })
  page.on('console', (message) => {
    if (/Content[ -]Security[ -]Policy/i.test(message.text())) throw new Error(message.text())
  })
}
