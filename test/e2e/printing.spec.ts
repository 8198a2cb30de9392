import { mkdir, writeFile } from 'node:fs/promises'
import type { Browser } from '@playwright/test'
import { paperPicture } from '#test/harness/paper-picture.ts'
import { type Paper, Printer } from '#test/harness/printer.ts'
import { expect, type Hall, test } from './hall.ts'
import { KIOSK, open, signIn, takeNumber } from './steps.ts'

const ACROSS = { width: 1920, height: 1080 }

/** Keeps what came out of the printer, as an artefact of the run. */
async function keepPaper(
  browser: Browser,
  paper: Paper | undefined,
  width: 58 | 80,
  name: string,
): Promise<void> {
  if (!paper) throw new Error('no paper')
  const page = await browser.newPage()
  await mkdir('test-results/papers', { recursive: true })
  await writeFile(`test-results/papers/${name}.png`, await paperPicture(page, paper, width))
  await page.close()
}

/** Gives the hall one printer, and no other. */
async function setPrinter(hall: Hall, line: string): Promise<void> {
  await hall.apply(
    (file) => `${file.replace(/\nprinters:\n.*\n$/, '')}\nprinters:\n  - { id: front, ${line} }\n`,
  )
}

test('[PRINT10] a ticket comes out of the printer; without paper the kiosk says so before anybody chooses', async ({
  browser,
  hall,
  keep,
}) => {
  const printer = await Printer.start()
  await setPrinter(hall, `address: "${printer.address}", paper: 58`)
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const { number } = await takeNumber(kiosk, 'residence-permit', false)
  await expect(kiosk.getByTestId('paper')).toHaveAttribute('data-state', 'printed')
  await keep(kiosk, 'kiosk-printed')
  expect(printer.papers.map(({ text }) => text.split('\n').includes(number))).toEqual([true])
  await keepPaper(browser, printer.papers[0], 58, 'text-58')
  await kiosk.getByTestId('print-again').click()
  await printer.until(() => printer.papers.length === 2)
  expect(printer.papers[1]?.text).toMatch(/^补打 REPRINT/)
  await kiosk.getByTestId('done').click()

  const desk = await signIn(browser, hall, 'counter2', 2)
  await expect(desk.getByTestId('open')).toBeVisible({ timeout: 30_000 })
  await printer.be({ paperOut: true })
  await expect(kiosk.getByTestId('no-paper')).toContainText('没纸', { timeout: 15_000 })
  await expect(desk.getByTestId('printer-front')).toContainText('缺纸')
  await keep(kiosk, 'kiosk-no-paper')
  await keep(desk, 'console-no-paper')
  await kiosk.setViewportSize(ACROSS)
  await keep(kiosk, 'kiosk-no-paper-across')
  await takeNumber(kiosk, 'residence-permit', false)
  await expect(kiosk.getByTestId('paper')).toHaveAttribute('data-state', 'failed')
  await keep(kiosk, 'kiosk-not-printed')
  await printer.be({})
  await expect(kiosk.getByTestId('paper')).toHaveAttribute('data-state', 'printed', { timeout: 15_000 })
  await kiosk.getByTestId('done').click()
  await expect(kiosk.getByTestId('no-paper')).toHaveCount(0)
  await expect(desk.getByTestId('printer-front')).toHaveCount(0)
  expect(printer.misunderstood).toEqual([])
  await printer.stop()
})

test('[PRINT13] [PRINT11] the kiosk draws for a printer without letters, and its browser prints where it shall', async ({
  browser,
  hall,
  keep,
}) => {
  const printer = await Printer.start()
  await hall.apply((file) => file.replace('暖安街道政务服务中心', '暖安 ھال བོད 𠮷 政务服务中心'))
  await setPrinter(hall, `address: "${printer.address}", paper: 80, characters: raster`)
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  await takeNumber(kiosk, 'disability-certificate', false)
  await expect(kiosk.getByTestId('paper')).toHaveAttribute('data-state', 'printed', { timeout: 15_000 })
  const [drawn] = printer.papers
  const bands = drawn?.items.flatMap((item) => ('rows' in item ? [item] : [])) ?? []
  expect(new Set(bands.map(({ bytes }) => bytes))).toEqual(new Set([72]))
  const black = bands.reduce((sum, { rows }) => sum + rows.filter((byte) => byte !== 0).length, 0)
  expect(black).toBeGreaterThan(2_000)
  await keepPaper(browser, drawn, 80, 'drawn-80')
  expect(printer.misunderstood).toEqual([])

  await setPrinter(hall, 'address: browser, paper: 80')
  await kiosk.reload()
  const own = await takeNumber(kiosk, 'residence-permit', false)
  await expect(kiosk.getByTestId('paper')).toHaveAttribute('data-state', 'handed-over')
  await kiosk.emulateMedia({ media: 'print' })
  await expect(kiosk.getByTestId('slip')).toContainText(own.number)
  await expect(kiosk.getByTestId('done')).toBeHidden()
  await kiosk.setViewportSize({ width: 300, height: 900 })
  await keep(kiosk, 'kiosk-slip')
  await printer.stop()
})
