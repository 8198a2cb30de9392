import { PEOPLE, type Reader, startReader } from '#scripts/reader-service.ts'
import { expect, test } from './hall.ts'
import { holdCard, KIOSK, open, sitDown } from './steps.ts'

const [HIM, HER] = PEOPLE
if (!HIM || !HER) throw new Error('nobody is made up')

let reader: Reader
test.beforeEach(async () => {
  reader = await startReader(0)
})
test.afterEach(() => reader.close())

test('[IDENT8] [IDENT9] [IDENT10] [TWICE4] [CONTRACT5] a card on the reader, a ticket there is already, and what the counter sees', async ({
  browser,
  hall,
  keep,
}) => {
  await hall.apply(
    (file) => `${file}
identity:
  keyboard: true
  service:
    url: ${reader.url}cgi-bin/readCard
    method: POST
    body: { cmd: read }
    paths: { number: info.idCode, name: info.name }
`,
  )
  const kiosk = await open(browser, `${hall.url}/kiosk/`, KIOSK)
  const desk = await sitDown(browser, hall, 1)
  const policy = async (page: string) =>
    (await kiosk.request.get(`${hall.url}/${page}/`)).headers()['content-security-policy'] ?? ''
  expect(await policy('kiosk')).toContain(new URL(reader.url).origin)
  expect(await policy('console')).not.toContain(new URL(reader.url).origin)

  // A number that cannot be, then a card on the reader.
  await kiosk.getByTestId('service-residence-permit').click()
  await expect(kiosk.getByTestId('identity-screen')).toBeVisible()
  await keep(kiosk, 'identity-question')
  await holdCard(kiosk, '110105194912310021')
  await expect(kiosk.getByTestId('held')).toHaveAttribute('data-said', 'wrong')
  await keep(kiosk, 'identity-wrong')
  reader.put(HIM)
  await expect(kiosk.getByTestId('held-mask')).toHaveText(`张* 110***********${HIM.number.slice(-4)}`)
  await keep(kiosk, 'identity-shown')
  await kiosk.getByTestId('have-all').click()
  await expect(kiosk.getByTestId('held')).toHaveAttribute('data-said', 'shown')
  await expect(kiosk.getByTestId('held-mask')).toHaveCount(0)
  await kiosk.getByTestId('care-no').click()
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  const number = (await kiosk.getByTestId('ticket-number').innerText()).trim()
  expect(await kiosk.content()).not.toContain(HIM.number)
  await kiosk.getByTestId('done').click()

  // It was left there: not the next resident's, until it is put there again.
  await kiosk.getByTestId('service-residence-permit').click()
  await expect(kiosk.getByTestId('held')).toHaveAttribute('data-said', 'lift')
  reader.put(null)
  await kiosk.waitForResponse((response) => response.url().startsWith(reader.url))
  await kiosk.waitForResponse((response) => response.url().startsWith(reader.url))
  reader.put(HIM)
  await expect(kiosk.getByTestId('already')).toContainText('已经取过号了')
  await expect(kiosk.getByTestId('ticket-number')).toHaveText(number)
  await expect(kiosk.getByTestId('ticket-qr')).toBeVisible()
  await keep(kiosk, 'identity-already')
  await kiosk.getByTestId('done').click()
  reader.put(null)

  // The reader that types knows the card too; whoever shows nothing goes on.
  await expect(kiosk.getByTestId('service-residence-permit')).toBeVisible()
  await expect(kiosk.locator('h1')).toBeFocused()
  await holdCard(kiosk, HER.number)
  await expect(kiosk.getByTestId('held-mask')).toHaveText(`110***********${HER.number.slice(-4)}`)
  await keep(kiosk, 'identity-at-home')
  await kiosk.getByTestId('held-clear').click()
  await expect(kiosk.getByTestId('held')).toHaveCount(0)
  await kiosk.getByTestId('service-birth-registration').click()
  await kiosk.getByTestId('identity-without').click()
  await kiosk.getByTestId('have-all').click()
  await kiosk.getByTestId('back').click()
  await kiosk.getByTestId('back').click()

  await desk.getByTestId('next').click()
  await expect(desk.getByTestId('current-number')).toHaveText(number)
  await expect(desk.getByTestId('identity-shown')).toHaveText(`张* 110***********${HIM.number.slice(-4)}`)
  await keep(desk, 'identity-desk')
  await desk.keyboard.press('i')
  await expect(desk.getByTestId('identity-for-check-person')).toBeFocused()
  await keep(desk, 'identity-desk-purpose')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('identity-shown')).toHaveText(`${HIM.name} ${HIM.number}`)
  await keep(desk, 'identity-desk-whole')
  await desk.keyboard.press('i')
  await expect(desk.getByTestId('identity-shown')).not.toContainText(HIM.number)

  // Missed: the card leads back into the line.
  await desk.getByTestId('no-show').click()
  await expect(desk.getByTestId('next')).toBeEnabled()
  await holdCard(kiosk, HIM.number)
  await kiosk.getByTestId('missed-rejoin').click()
  await expect(kiosk.getByTestId('missed-result')).toHaveAttribute('data-result', 'rejoined')
})
