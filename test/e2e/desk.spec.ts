import type { Page } from '@playwright/test'
import { Client } from '#test/harness/client.ts'
import { expect, type Hall, PASSWORD, test } from './hall.ts'
import { sitDown } from './steps.ts'

const SITE = 'nuanan'

async function signedIn(hall: Hall, username: string): Promise<Client> {
  const client = new Client(hall.url)
  await client.signIn(username, PASSWORD)
  return client
}

test('[TRAIL2] [TRAIL3] [CONSOLE26] a clerk gives a minute more, and takes back what was done last, by keys', async ({
  browser,
  hall,
  keep,
}) => {
  const volunteer = await signedIn(hall, 'volunteer')
  for (let n = 0; n < 2; n++) {
    await volunteer.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
  }
  const desk = await sitDown(browser, hall, 1)
  const press = (key: string) => desk.keyboard.press(key)
  const stands = async (state: string) => {
    await expect(desk.getByTestId('current-state')).toHaveAttribute('data-state', state)
    // The answer may come after the board.
    await expect(desk.locator('[aria-busy]')).toHaveCount(0)
  }

  await press('n')
  await stands('called')
  await press('e')
  await keep(desk, 'console-more')
  await press('2')
  await expect(desk.getByTestId('on-the-way')).toBeVisible()
  await press('s')
  await stands('serving')
  await press('f')
  await stands('idle')
  await press('n')
  await stands('called')

  await press('l')
  const ways = () => wayOfEach(desk)
  await expect.poll(ways).toEqual(['undo', 'times', 'followed', 'followed', 'none'])
  await keep(desk, 'console-actions')
  await press('u')
  await stands('idle')
  await press('l')
  await expect.poll(ways).toEqual(['none', 'undone', 'times', 'followed', 'followed', 'none'])
  await press('Escape')
  await expect(desk.getByTestId('sheet')).toHaveCount(0)
})

const wayOfEach = (desk: Page) =>
  desk.locator('[data-way]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-way')))
