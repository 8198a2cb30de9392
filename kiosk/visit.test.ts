import { expect, test } from 'vitest'
import type { IssueRequest, IssueResponse, KnownCard, OwnTicket } from '#protocol/api.ts'
import { ApiError } from '#ui/api.ts'
import type { OwnNumber } from './offline/own-numbers.ts'
import { createVisit } from './visit.ts'
import type { Service } from './wish.ts'

const service: Service = {
  id: 'housing',
  laneId: 'c',
  name: { 'zh-CN': '住房保障', en: 'Housing' },
  department: { 'zh-CN': '住建', en: 'Housing office' },
  says: [],
  materials: [],
  minutes: 5,
  targetWait: null,
  promisedDays: null,
  guide: null,
  quota: null,
}
const issued: IssueResponse = {
  ticket: {
    id: 't1',
    number: 'C001',
    state: 'waiting',
    serviceId: 'housing',
    laneId: 'c',
    counterId: null,
    callId: null,
    version: 1,
    issuedAt: 0,
  },
  trackUrl: null,
  print: null,
  ahead: 2,
  wait: null,
}

interface Asked {
  request: IssueRequest
  key: string | undefined
  answer: (issued: IssueResponse | OwnNumber) => void
  refuse: (error: Error) => void
}

function kiosk(asksIdentity = false) {
  const asked: Asked[] = []
  let keys = 0
  const steps = createVisit({
    issue: (request, { key }) =>
      new Promise((answer, refuse) => asked.push({ request, key, answer, refuse })),
    newKey: () => `key-${++keys}`,
    language: () => 'zh-CN',
    asksIdentity: () => asksIdentity,
  })
  return { ...steps, asked, at: () => steps.visit.value.at }
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

test('[KIOSK1] a finger that taps twice asks for one ticket', async () => {
  const screen = kiosk()
  screen.choose(service)
  screen.choose(service)
  screen.take()
  screen.take()
  screen.take({})
  expect(screen.asked.map(({ key }) => key)).toEqual(['key-1'])
  screen.asked[0]?.answer(issued)
  await settled()
  expect(screen.visit.value).toMatchObject({ at: 'ticket', issued: { ticket: { number: 'C001' } } })
})

test('[KIOSK1] trying again after a failure uses the same key and says the same', async () => {
  const screen = kiosk()
  screen.choose(service)
  screen.wantCare()
  screen.take({ need: 'pregnant' })
  screen.asked[0]?.refuse(new ApiError('unavailable', 0))
  await settled()
  const failed = screen.visit.value
  if (failed.at !== 'failed') throw new Error(failed.at)
  expect(failed.error).toBe('unavailable')
  failed.again()
  expect(screen.asked[1]).toMatchObject({ key: 'key-1', request: screen.asked[0]!.request })
})

test('[KIOSK1] the next resident has another key', () => {
  const screen = kiosk()
  for (let resident = 0; resident < 2; resident++) {
    screen.choose(service)
    screen.take()
    screen.finish()
  }
  expect(screen.asked.map(({ key }) => key)).toEqual(['key-1', 'key-2'])
})

test('[KIOSK2] an answer that comes after the resident has gone is not shown to the next', async () => {
  const screen = kiosk()
  screen.choose(service)
  screen.take()
  screen.finish()
  screen.choose(service)
  screen.asked[0]?.answer(issued)
  await settled()
  expect(screen.at()).toBe('care')
})

test('[KIOSK3] care is asked for only when it is wanted, and the reason only when it is given', () => {
  const requests = [undefined, {}, { need: 'disabled' as const }].map((care) => {
    const screen = kiosk()
    screen.choose(service)
    if (care) screen.wantCare()
    screen.take(care)
    return screen.asked[0]?.request
  })
  const plain = { serviceId: 'housing', language: 'zh-CN' }
  expect(requests).toEqual([plain, { ...plain, care: {} }, { ...plain, care: { need: 'disabled' } }])
})

test('[KIOSK2] back leads one step back, and from the first question home, with nothing kept', () => {
  const screen = kiosk()
  screen.choose(service)
  screen.wantCare()
  screen.back()
  expect(screen.at()).toBe('care')
  screen.back()
  expect(screen.visit.value).toEqual({ at: 'home' })
})

test('[KIOSK5] an error that is not a refusal is still said in words', async () => {
  const screen = kiosk()
  screen.choose(service)
  screen.take()
  screen.asked[0]?.refuse(new TypeError('oops'))
  await settled()
  expect(screen.visit.value).toMatchObject({ at: 'failed', error: 'internal' })
})

const other = (id: string): Service => ({ ...service, id })
const pension = other('pension')

test('[KIOSK9] one matter is asked for as before, with nothing more to answer', () => {
  const screen = kiosk()
  screen.choose(service)
  screen.take()
  expect(screen.asked[0]?.request).toEqual({ serviceId: 'housing', language: 'zh-CN' })
})

test('[KIOSK9] further matters go along in the order they were chosen, one after another unless said otherwise', () => {
  const screen = kiosk()
  screen.choose(service)
  screen.addMatters()
  screen.toggle(pension)
  screen.toggle(other('law'))
  screen.keepMatters()
  screen.addMatters()
  screen.toggle(pension)
  screen.toggle(pension)
  screen.inOrder('any')
  screen.keepMatters()
  screen.take()
  expect(screen.asked[0]?.request).toMatchObject({
    serviceId: 'housing',
    more: ['law', 'pension'],
    order: 'any',
  })
})

test('[KIOSK9] back from choosing matters leaves what was there before', () => {
  const screen = kiosk()
  screen.choose(service)
  screen.addMatters()
  screen.toggle(pension)
  screen.back()
  expect(screen.visit.value).toMatchObject({ at: 'care', wish: { services: [service] } })
})

test('[KIOSK10] [PREPARE1] needs are ticked, kept with the other choices, and can be left out', () => {
  const skills = [{ id: 'dialect', name: service.name }]
  const screen = kiosk()
  screen.choose(service)
  screen.askPrepare()
  screen.need({ skill: 'dialect' }, skills)
  screen.need({ accommodation: 'with-child' }, skills)
  screen.need({ accommodation: 'written' }, skills)
  screen.keepNeeds()
  screen.addMatters()
  screen.toggle(pension)
  screen.keepMatters()
  screen.askPrepare()
  screen.need({ accommodation: 'written' }, skills)
  screen.back()
  screen.take()
  expect(screen.asked[0]?.request).toMatchObject({
    skill: 'dialect',
    accommodations: ['written', 'with-child'],
    more: ['pension'],
  })
  screen.finish()
  screen.choose(service)
  screen.askPrepare()
  screen.need({ accommodation: 'written' }, skills)
  screen.keepNeeds(true)
  screen.take()
  expect(screen.asked[1]?.request).toEqual({ serviceId: 'housing', language: 'zh-CN' })
})

const papers = (...names: string[]) => names.map((name) => ({ 'zh-CN': name, en: name }))
const permit: Service = { ...service, id: 'permit', materials: papers('身份证', '照片') }

test('[CHECK1] who has everything says so with one touch, and it is told with the ticket', () => {
  const screen = kiosk()
  screen.choose(permit)
  expect(screen.at()).toBe('check')
  screen.haveAll()
  screen.take()
  expect(screen.asked[0]?.request.materials).toEqual([
    { serviceId: 'permit', here: ['身份证', '照片'], missing: [] },
  ])
})

test('[CHECK1] it can be left out: then nothing was said; a further matter asks about what is new', () => {
  const screen = kiosk()
  screen.choose(permit)
  screen.goOn()
  screen.take()
  expect(screen.asked[0]?.request).toEqual({ serviceId: 'permit', language: 'zh-CN' })
  screen.finish()
  screen.choose(permit)
  screen.haveAll()
  screen.addMatters()
  screen.toggle({ ...permit, id: 'same' })
  screen.keepMatters()
  expect(screen.at()).toBe('care')
  screen.addMatters()
  screen.toggle({ ...permit, id: 'new', materials: papers('银行卡') })
  screen.keepMatters()
  expect(screen.visit.value).toMatchObject({ at: 'check', ticks: ['身份证', '照片'] })
})

test('[CHECK2] [CHECK3] what is missing is said before the number; a number all the same, or the list; back leads back', () => {
  const screen = kiosk()
  screen.choose(permit)
  screen.haveSome()
  screen.tick('身份证')
  screen.checked()
  expect(screen.at()).toBe('missing')
  screen.back()
  expect(screen.visit.value).toMatchObject({ at: 'check', ticks: ['身份证'] })
  screen.checked()
  screen.takeList()
  expect(screen.at()).toBe('list')
  screen.back()
  screen.goOn()
  expect(screen.at()).toBe('care')
  screen.back()
  screen.tick('照片')
  screen.checked()
  expect(screen.at()).toBe('care')
  screen.back()
  screen.tick('照片')
  screen.checked()
  screen.goOn()
  screen.take()
  expect(screen.asked[0]?.request.materials).toEqual([
    { serviceId: 'permit', here: ['身份证'], missing: ['照片'] },
  ])
})

test('[CHECK1] a list that has changed meanwhile keeps nobody from a number', async () => {
  const screen = kiosk()
  screen.choose(permit)
  screen.haveAll()
  screen.take()
  screen.asked[0]?.refuse(new ApiError('unknown-material', 404))
  await settled()
  expect(screen.asked[1]).toMatchObject({ key: 'key-1', request: { serviceId: 'permit' } })
  expect(screen.asked[1]?.request).not.toHaveProperty('materials')
  screen.asked[1]?.answer(issued)
  await settled()
  expect(screen.at()).toBe('ticket')
})

test('[SEARCH2] [KIOSK15] what was found is chosen as at home; the guide leads back to where it was asked for', () => {
  const screen = kiosk()
  screen.search()
  expect(screen.at()).toBe('search')
  screen.choose(permit)
  screen.readGuide()
  screen.back()
  expect(screen.at()).toBe('check')
  screen.back()
  expect(screen.visit.value).toEqual({ at: 'home' })
  screen.search()
  screen.back()
  expect(screen.at()).toBe('home')
  screen.choose(permit, true)
  screen.readGuide()
  screen.back()
  expect(screen.at()).toBe('full')
})

const known: KnownCard = { pass: 'pass-1', care: true, identity: null, own: [] }
const masked = { number: '110***********002X', name: '张*' }

test('[KIOSK11] [IDENT3] of a card the screen knows a pass, which goes along with the request, also when it is tried again', async () => {
  const screen = kiosk()
  screen.choose(service)
  screen.haveCard()
  screen.showCard(known)
  screen.take({})
  expect(screen.asked[0]?.request).toMatchObject({ care: {}, card: { pass: 'pass-1' } })
  screen.asked[0]?.refuse(new ApiError('unavailable', 0))
  await settled()
  const failed = screen.visit.value
  if (failed.at !== 'failed') throw new Error(failed.at)
  failed.again()
  expect(screen.asked[1]?.request).toEqual(screen.asked[0]?.request)
  expect(screen.asked[1]?.key).toBe(screen.asked[0]?.key)
  screen.finish()
  expect(screen.card.value).toBeNull()
})

test('[KIOSK11] a card the hall does not know is said, and the resident goes on with or without one', async () => {
  const screen = kiosk()
  screen.choose(service)
  screen.haveCard()
  screen.unknownCard()
  expect(screen.at()).toBe('unknown-card')
  screen.showCard(known)
  screen.take({})
  // It was held to the reader too long ago.
  screen.asked[0]?.refuse(new ApiError('unknown-card', 404))
  await settled()
  expect(screen.at()).toBe('unknown-card')
  screen.take()
  expect(screen.asked[1]?.request).not.toHaveProperty('care')
  expect(screen.asked[1]?.request).not.toHaveProperty('card')
})

test('[IDENT9] [IDENT1] a hall that asks who somebody is asks once, before everything else; shown or not, the way goes on', () => {
  const screen = kiosk(true)
  screen.choose(service)
  expect(screen.at()).toBe('identity')
  screen.withoutIdentity()
  expect(screen.at()).toBe('care')
  screen.addMatters()
  screen.toggle({ ...service, id: 'other' })
  screen.keepMatters()
  expect(screen.at()).toBe('care')
  screen.take()
  expect(screen.asked[0]?.request).not.toHaveProperty('card')
  screen.finish()
  screen.choose(service)
  screen.showCard({ ...known, identity: masked })
  expect(screen.at()).toBe('care')
  screen.take()
  expect(screen.asked[1]?.request.card).toEqual({ pass: 'pass-1' })
  // Shown before the choice: it is not asked any more.
  screen.finish()
  screen.showCard({ ...known, identity: masked })
  screen.choose(service)
  expect(screen.at()).toBe('care')
  // A card that says nothing of its bearer is no answer.
  screen.finish()
  screen.choose(service)
  screen.showCard(known)
  expect(screen.at()).toBe('identity')
  screen.back()
  expect(screen.at()).toBe('home')
})

test('[TWICE4] what somebody has already is shown at once: asked about, chosen again, added, or found by the server', async () => {
  const mine: OwnTicket = { ...issued, services: ['housing', 'later'], already: true }
  const card = { ...known, identity: masked, own: [mine] }
  const screen = kiosk(true)
  screen.showCard(card)
  expect(screen.visit.value).toEqual({ at: 'already', mine, chosen: false })
  screen.finish()
  screen.choose(service)
  screen.showCard(card)
  expect(screen.visit.value).toEqual({ at: 'already', mine, chosen: true })
  screen.back()
  screen.choose({ ...service, id: 'another' })
  screen.showCard(card)
  expect(screen.at()).toBe('care')
  screen.addMatters()
  screen.toggle({ ...service, id: 'later' })
  screen.keepMatters()
  expect(screen.at()).toBe('already')
  screen.finish()
  screen.choose(service)
  screen.withoutIdentity()
  screen.take()
  screen.asked[0]?.answer({ ...issued, already: true })
  await settled()
  expect(screen.at()).toBe('already')
})

test('[OFFLINE9] with a number of the kiosk’s own, a card that was shown is to be told to staff only where it was to grant care', async () => {
  const mine: OwnNumber = { number: 'K1-01', at: 0, slip: null }
  for (const care of [undefined, {}]) {
    const screen = kiosk()
    screen.showCard({ ...known, identity: masked })
    screen.choose(service)
    screen.take(care)
    screen.asked[0]?.answer(mine)
    await settled()
    expect(screen.visit.value).toMatchObject({ at: 'own-number', tellStaff: care !== undefined })
  }
})

test('[KIOSK12] a service whose numbers are given out is explained and asks nothing further', async () => {
  const screen = kiosk()
  screen.choose(service, true)
  expect(screen.at()).toBe('full')
  screen.take()
  screen.addMatters()
  expect(screen.asked).toEqual([])
  screen.goOnWithout(['housing'])
  expect(screen.at()).toBe('full')
  screen.back()
  expect(screen.at()).toBe('home')
})

test('[KIOSK12] numbers given out at the last moment: the other matters can go on', async () => {
  const screen = kiosk()
  screen.choose(service)
  screen.addMatters()
  screen.toggle(pension)
  screen.keepMatters()
  screen.take()
  screen.asked[0]?.refuse(new ApiError('quota-reached', 409))
  await settled()
  expect(screen.at()).toBe('full')
  screen.goOnWithout(['housing'])
  screen.take()
  expect(screen.asked[1]?.request).toEqual({ serviceId: 'pension', language: 'zh-CN' })
})
