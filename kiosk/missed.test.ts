import { expect, test } from 'vitest'
import type { PublicTicket } from '#protocol/api.ts'
import { type Action, ApiError } from '#ui/api.ts'
import { createMissed, lettersOf, numberOf, type Why } from './missed.ts'

const ticket = (state: PublicTicket['state']): PublicTicket => ({
  id: 't1',
  number: 'A012',
  state,
  serviceId: 's',
  laneId: 'a',
  counterId: null,
  callId: null,
  version: 1,
  issuedAt: 0,
})
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

/** A kiosk whose server finds `found` and answers a rejoin as told. */
function kiosk(
  found: PublicTicket[] | Error,
  rejoined: PublicTicket | Error = ticket('waiting'),
  place: Why | Error = { ahead: 3, arrivedBefore: 2, earlierTurn: 1 },
) {
  const asked: { numbers: string[]; keys: Action['key'][] } = { numbers: [], keys: [] }
  let keys = 0
  const answer = async <T>(given: T | Error): Promise<T> => {
    if (given instanceof Error) throw given
    return given
  }
  const steps = createMissed({
    find: (number) => {
      asked.numbers.push(number)
      return answer(found)
    },
    rejoin: (_, { key }) => {
      asked.keys.push(key)
      return answer(rejoined)
    },
    why: () => answer(place),
    newKey: () => `key-${++keys}`,
  })
  const enter = async (letter: string, digits: string) => {
    steps.begin(['A', 'B'])
    steps.letter(letter)
    for (const digit of digits) steps.digit(digit)
    steps.find()
    await settled()
  }
  return { steps, asked, enter, at: () => steps.missed.value }
}

test('[KIOSK7] letter and digits mean the number on the ticket, with or without zeros', () => {
  expect(['12', '012', '0012', '1200'].map((digits) => numberOf('A', digits))).toEqual([
    'A012',
    'A012',
    'A012',
    'A1200',
  ])
  expect([numberOf(null, '12'), numberOf('A', ''), numberOf('A', '00')]).toEqual([null, null, null])
  expect(['3', '03', '103'].map((digits) => numberOf('K1', digits))).toEqual(['K1-03', 'K1-03', 'K1-103'])
})

test('[KIOSK7] the letters are the site’s, each once; a hall of one letter has it chosen', () => {
  const lane = (letter: string) => ({ id: letter, letter, name: { 'zh-CN': letter, en: letter } })
  expect(lettersOf({ lanes: [lane('A'), lane('B'), lane('A')], ownSeries: [] })).toEqual(['A', 'B'])
  const { steps, at } = kiosk([])
  steps.begin(['A'])
  expect(at()).toEqual({ at: 'entry', letter: 'A', digits: '' })
  steps.erase()
  expect(at()).toMatchObject({ letter: 'A' })
})

test('[KIOSK7] signs are added one by one, up to four digits, and taken away one by one', () => {
  const { steps, at, asked } = kiosk([])
  steps.begin(['A', 'B'])
  steps.find()
  for (const digit of '01234') steps.digit(digit)
  steps.find()
  expect(asked.numbers).toEqual([])
  steps.letter('A')
  steps.letter('B')
  expect(at()).toEqual({ at: 'entry', letter: 'B', digits: '0123' })
  for (let n = 0; n < 5; n++) steps.erase()
  expect(at()).toEqual({ at: 'entry', letter: null, digits: '' })
})

test('[KIOSK8] a missed ticket is shown, and one tap puts it back in line and says how many are ahead', async () => {
  const { steps, enter, at, asked } = kiosk([ticket('missed')])
  await enter('A', '12')
  expect(asked.numbers).toEqual(['A012'])
  expect(at()).toMatchObject({ at: 'found', ticket: { number: 'A012' } })
  steps.rejoin()
  steps.rejoin()
  await settled()
  expect(at()).toMatchObject({ at: 'rejoined', ahead: 3, ticket: { state: 'waiting' } })
  expect(asked.keys).toEqual(['key-1'])
})

test('[KIOSK8] it is back in line also when the number ahead cannot be asked', async () => {
  const { steps, enter, at } = kiosk([ticket('missed')], ticket('waiting'), new ApiError('unavailable', 0))
  await enter('A', '12')
  steps.rejoin()
  await settled()
  expect(at()).toMatchObject({ at: 'rejoined', ahead: null })
})

test('[KIOSK13] a ticket that waits is told its place, and how many came before or have an earlier turn', async () => {
  const { steps, enter, at, asked } = kiosk([ticket('waiting')])
  await enter('A', '12')
  expect(at()).toEqual({
    at: 'place',
    ticket: ticket('waiting'),
    why: { ahead: 3, arrivedBefore: 2, earlierTurn: 1 },
  })
  steps.rejoin()
  expect(asked.keys).toEqual([])
  steps.back()
  expect(at()).toMatchObject({ at: 'entry', digits: '' })
})

test('[KIOSK13] a ticket that was called in just that moment is looked for again on a second try', async () => {
  const { enter, at, asked } = kiosk([ticket('waiting')], undefined, new ApiError('not-waiting', 409))
  await enter('A', '12')
  const failed = at()
  if (failed.at !== 'failed') throw new Error(failed.at)
  expect(failed.error).toBe('not-waiting')
  failed.again()
  expect(asked.numbers).toEqual(['A012', 'A012'])
})

test('[KIOSK8] not found, not missed and too late are told apart', async () => {
  const none = kiosk([])
  await none.enter('B', '7')
  expect(none.at()).toEqual({ at: 'not-found', number: 'B007' })

  const called = kiosk([ticket('called')])
  await called.enter('A', '12')
  expect(called.at()).toMatchObject({ at: 'not-missed', ticket: { state: 'called' } })
  called.steps.rejoin()
  expect(called.asked.keys).toEqual([])

  const late = kiosk([ticket('missed')], new ApiError('too-late-to-rejoin', 409))
  await late.enter('A', '12')
  late.steps.rejoin()
  await settled()
  expect(late.at()).toMatchObject({ at: 'too-late' })
})

test('[KIOSK8] a failure is said, and trying again uses the same key', async () => {
  const { steps, enter, at, asked } = kiosk([ticket('missed')], new ApiError('unavailable', 0))
  await enter('A', '12')
  steps.rejoin()
  await settled()
  const failed = at()
  if (failed.at !== 'failed') throw new Error(failed.at)
  expect(failed.error).toBe('unavailable')
  failed.again()
  await settled()
  expect(asked.keys).toEqual(['key-1', 'key-1'])
})

test('[KIOSK2] what is found for a resident who has gone is not shown to the next', async () => {
  const { steps, at } = kiosk([ticket('missed')])
  steps.begin(['A'])
  steps.digit('1')
  steps.find()
  steps.finish()
  expect(at()).toEqual({ at: 'away' })
  steps.begin(['A'])
  await settled()
  expect(at()).toEqual({ at: 'entry', letter: 'A', digits: '' })
})

test('[KIOSK2] back leads to an empty pad, and from there home', async () => {
  const { steps, enter, at } = kiosk([ticket('missed')])
  await enter('A', '12')
  steps.back()
  expect(at()).toEqual({ at: 'entry', letter: null, digits: '' })
  steps.back()
  expect(at()).toEqual({ at: 'away' })
})

test('[KIOSK7] a kiosk that gave out its own numbers stands beside the letters; typed, its dash tells it from a letter', async () => {
  const lanes = [{ id: 'k', letter: 'K', name: { 'zh-CN': '', en: '' } }]
  const letters = lettersOf({
    lanes,
    ownSeries: [
      { kiosk: 'K1', last: 3 },
      { kiosk: 'K12', last: 1 },
    ],
  })
  expect(letters).toEqual(['K', 'K1', 'K12'])
  const { steps, asked, at } = kiosk([ticket('missed')])
  steps.begin(letters)
  steps.letter('K')
  steps.digit('1')
  steps.dash()
  expect(at()).toEqual({ at: 'entry', letter: 'K1', digits: '' })
  for (const digit of '03') steps.digit(digit)
  steps.find()
  await settled()
  expect(asked.numbers).toEqual(['K1-03'])
  steps.finish()
  steps.begin(letters)
  steps.letter('K')
  steps.digit('7')
  steps.dash()
  expect(at()).toEqual({ at: 'entry', letter: 'K', digits: '7' })
})

test('[IDENT7] a ticket that was held to the reader is shown like one whose number was given', async () => {
  const { steps: screen, asked } = kiosk([])
  screen.show(ticket('waiting'))
  await settled()
  expect(screen.missed.value).toMatchObject({ at: 'place', why: { ahead: 3 } })
  screen.finish()
  screen.show(ticket('missed'))
  await settled()
  expect(screen.missed.value.at).toBe('found')
  expect(asked.numbers).toEqual([])
  // Of a resident who has gone nothing is shown.
  screen.show(ticket('called'))
  screen.finish()
  await settled()
  expect(screen.missed.value.at).toBe('away')
})
