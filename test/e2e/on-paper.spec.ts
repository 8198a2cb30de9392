import { clockTime } from '#domain/calendar.ts'
import { expect, PASSWORD, test } from './hall.ts'
import { DESK, open } from './steps.ts'
import { ZONE } from './zone.ts'

test.use({ serviceWorkers: 'allow' })

const MINUTE = 60_000
/** A4 at 96 dots to the inch, without its margins. */
const PAPER = { width: 703, height: 1032 }
const KEPT = 'nuanhao.console.last-list'

/** So many minutes ago on the hall's clock, `HH:MM`. */
const ago = (minutes: number) => clockTime(Date.now() - minutes * MINUTE, ZONE)

test('[PAPER7] [PAPER8] [PAPER9] [PAPER10] [PAPER11] on by a paper list with the server away, and two of its calls entered after', async ({
  browser,
  hall,
  keep,
}) => {
  const desk = await open(browser, `${hall.url}/console/?counter=c1`, DESK)
  // The browser's own dialog is no part of the page.
  await desk.addInitScript(() => {
    window.print = () => {}
  })
  await desk.reload()
  await desk.getByTestId('username').fill('counter1')
  await desk.getByTestId('password').fill(PASSWORD)
  await desk.getByTestId('sign-in').click()
  await desk.getByTestId('open').click()
  await expect(desk.getByTestId('next')).toBeEnabled()
  await desk.evaluate(async () => {
    const post = (path: string, body: object, at: number) =>
      fetch(`/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `on-paper-${at}` },
        body: JSON.stringify(body),
      })
    const { siteId } = await (await fetch('/api/v1/session')).json()
    for (let at = 0; at < 4; at++) {
      const need = at === 2 ? { accommodations: ['companion'] } : at === 3 ? { care: {} } : {}
      await post(`/sites/${siteId}/tickets`, { serviceId: 'residence-permit', ...need }, at)
    }
  })
  const list = desk.getByTestId('waiting-list').getByTestId(/^row-[A-Z]/)
  await expect(list).toHaveText([/A004/, /A001/, /A002/, /A003/])
  await expect(desk.getByTestId('print-list')).toBeVisible()
  await desk.evaluate(async () => void (await navigator.serviceWorker.ready))

  // The server goes away: what was last heard stays, to read and to print.
  await hall.kill()
  await hall.age(5 * MINUTE)
  await expect(desk.getByTestId('lost')).toContainText('最后更新', { timeout: 20_000 })
  await expect(list).toHaveText([/A004/, /A001/, /A002/, /A003/])
  await expect(desk.getByTestId('next')).toBeDisabled()
  await keep(desk, 'console-lost-with-list')
  await desk.getByTestId('print-lost').click()
  await desk.emulateMedia({ media: 'print' })
  const sheets = desk.getByTestId('paper-sheet')
  await expect(sheets.first()).toBeVisible()
  await expect(sheets.first()).toContainText('1 号窗口纸质名单')
  await expect(sheets.first().locator('tbody th')).toContainText(['A004', 'A001', 'A002', 'A003※'])
  const count = await sheets.count()
  await expect(sheets.last()).toContainText(`${count} / ${count}`)
  await desk.setViewportSize(PAPER)
  await keep(desk, 'console-paper-list')
  await desk.setViewportSize(DESK)
  // Each on a sheet of A4 of its own.
  const pdf = (await desk.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(count)
  expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]/)
  await desk.emulateMedia({ media: null })

  // Opened anew, it is all there still: numbers, services and order, and nothing else of anybody.
  const kept = (await desk.evaluate((name) => localStorage.getItem(name), KEPT)) ?? ''
  expect(kept).toContain('A003')
  expect(kept).not.toMatch(/arrivedAt|ask|credit|care|prepare|counter1|staff/)
  await desk.evaluate(
    ({ name, ms }) => {
      const text = localStorage.getItem(name) ?? '{}'
      const old = JSON.parse(text)
      localStorage.setItem(name, JSON.stringify({ ...old, asOf: old.asOf - ms }))
      // Leaving the page it is kept anew, as of the last word.
      addEventListener('pagehide', () =>
        localStorage.setItem(name, JSON.stringify({ ...old, asOf: old.asOf - ms })),
      )
    },
    { name: KEPT, ms: 3 * MINUTE },
  )
  await desk.reload()
  await expect(desk.getByTestId('last-list')).toContainText('A003', { timeout: 20_000 })
  await expect(desk.getByTestId('lost')).toContainText('最后更新')
  await keep(desk, 'console-last-list')

  // Back in touch, it asks for what was called meanwhile.
  await hall.start()
  await expect(desk.getByTestId('was-away')).toBeVisible({ timeout: 30_000 })
  expect(await desk.evaluate((name) => localStorage.getItem(name), KEPT)).toBeNull()
  await keep(desk, 'console-was-away')
  await desk.getByTestId('was-away-enter').click()

  // By keyboard alone, row after row; what is wrong is said at its field before anything is sent.
  const keys = desk.keyboard
  await keys.type('9')
  await keys.press('Tab')
  await expect(desk.getByTestId('entry-fault')).toContainText('大厅里没有这个号')
  await keys.press('Shift+Tab')
  await keys.type('a1')
  await expect(desk.getByTestId('entry-who')).toContainText('A001')
  await keys.press('Tab')
  await keys.type(ago(2).replace(':', ''))
  await keys.press('Tab')
  await keys.press('Tab')
  await keys.type('23:59')
  await keys.press('Enter')
  await expect(desk.getByTestId('entry-fault')).toContainText(/还没有到/)
  await expect(desk.getByTestId('entry-done')).toBeFocused()
  await keep(desk, 'console-entry-fault')
  await keys.press('Control+a')
  await keys.type(ago(1))
  await keys.press('Enter')
  const rows = desk.getByTestId('entry-rows').getByRole('listitem')
  await expect(rows).toHaveText([/A001.*办完/])
  await expect(desk.getByTestId('entry-number')).toBeFocused()
  const written = ago(1)
  await keys.type('A002')
  await keys.press('Tab')
  await keys.type(written)
  for (let at = 0; at < 3; at++) await keys.press('Tab')
  await keys.press('Space')
  await keys.press('Enter')
  await expect(rows).toHaveText([/A002.*未到/, /A001/])
  await keep(desk, 'console-entry')

  // A row that was entered before is refused, and nothing is entered again.
  await keys.type('A002')
  await keys.press('Tab')
  await keys.type(written)
  for (let at = 0; at < 3; at++) await keys.press('Tab')
  await keys.press('Space')
  await keys.press('Enter')
  await expect(desk.getByTestId('entry-fault')).toContainText('已经有记录')
  await expect(desk.getByTestId('entry-called')).toBeFocused()
  await desk.getByTestId('entry-number').fill('A001')
  await expect(desk.getByTestId('entry-fault')).toContainText('这个号刚才已经录入')
  await expect(rows).toHaveCount(2)
  await keys.press('Escape')
  await expect(desk.getByTestId('missed-A002')).toContainText('纸上')
  await expect(list).toHaveText([/A004/, /A003/])

  const office = await open(browser, `${hall.url}/manage/#/day`, { width: 1280, height: 800 })
  await office.getByTestId('username').fill('supervisor')
  await office.getByTestId('password').fill(PASSWORD)
  await office.getByTestId('sign-in').click()
  await expect(office.getByTestId('sheet-of-day')).toContainText('其中纸上叫号（2 次）')
  await keep(office, 'manage-called-on-paper')
})
