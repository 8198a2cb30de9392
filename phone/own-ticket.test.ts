import { afterEach, expect, test } from 'vitest'
import type { TicketView } from '#protocol/board.ts'
import { ApiError } from '#ui/api.ts'
import { language } from '#ui/i18n.ts'
import { createOwnTicket, moreTimeOffered, offered } from './own-ticket.ts'
import { adviceWords } from './ticket-words.ts'

afterEach(() => {
  language.value = 'zh-CN'
})

const view = (state: TicketView['state']) => ({ ticketId: 't1', state }) as TicketView
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

function phone(refuse?: Error) {
  const asked: [verb: string, ticketId: string, key: string | undefined][] = []
  const answer = (verb: string) => async (ticketId: string, action?: { key?: string }) => {
    asked.push([verb, ticketId, action?.key])
    if (refuse) throw refuse
    return { ticket: {} as never }
  }
  const own = createOwnTicket({
    publicRejoin: answer('rejoin'),
    publicCancel: answer('cancel'),
    moreTime: answer('more-time'),
  })
  return { own, asked, doing: () => own.doing.value }
}

test('[PHONE6] a waiting resident may give up the place, a missed one may rejoin, others neither', () => {
  const states = [
    'waiting',
    'missed',
    'called',
    'serving',
    'held',
    'completed',
    'cancelled',
    'expired',
  ] as const
  expect(states.map((state) => offered({ state }))).toEqual([
    'give-up',
    'rejoin',
    ...Array.from({ length: 6 }, () => null),
  ])
})

test('[PHONE7] giving up is asked once more, and can be left', async () => {
  const { own, asked, doing } = phone()
  own.look(view('waiting'))
  own.ask('give-up')
  expect(doing()).toEqual({ at: 'asking', verb: 'give-up' })
  own.keep()
  expect(doing()).toEqual({ at: 'nothing' })
  expect(asked).toEqual([])
  own.ask('give-up')
  await own.giveUp(view('waiting'))
  expect(asked.map(([verb, id]) => [verb, id])).toEqual([['cancel', 't1']])
})

test('[PHONE7] it is sending until the ticket says what became of it, so a second tap does nothing', async () => {
  const { own, asked, doing } = phone()
  own.look(view('missed'))
  await own.rejoin(view('missed'))
  await own.rejoin(view('missed'))
  expect(asked).toHaveLength(1)
  expect(doing()).toEqual({ at: 'sending', verb: 'rejoin' })
  own.look(view('waiting'))
  expect(doing()).toEqual({ at: 'nothing' })
})

test('[PHONE7] a refusal is kept to be said; trying again has the same key, the next wish another', async () => {
  const { own, asked, doing } = phone(new ApiError('too-late-to-rejoin', 409))
  own.look(view('missed'))
  await own.rejoin(view('missed'))
  expect(doing()).toEqual({ at: 'refused', verb: 'rejoin', error: 'too-late-to-rejoin' })
  await own.rejoin(view('missed'))
  own.look(view('waiting'))
  own.look(view('missed'))
  await own.rejoin(view('missed'))
  const keys = asked.map(([, , key]) => key)
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('[PHONE7] a refusal that comes after the ticket has changed is not said', async () => {
  const { own, doing } = phone(new ApiError('not-missed', 409))
  own.look(view('missed'))
  const sent = own.rejoin(view('missed'))
  own.look(view('waiting'))
  await sent
  await settled()
  expect(doing()).toEqual({ at: 'nothing' })
})

test('[PHONE7] what the state does not offer is not sent', async () => {
  const { own, asked } = phone()
  await own.rejoin(view('called'))
  await own.giveUp(view('held'))
  expect(asked).toEqual([])
})

test('[PHONE8] a held ticket says whose turn it is to move, and where to', () => {
  const advice = (hold: TicketView['hold'], counter: string | null) =>
    adviceWords({ state: 'held', hold, counter, ahead: null, wait: null })
  for (const spoken of ['zh-CN', 'en'] as const) {
    language.value = spoken
    const words = [advice('fetching', null), advice('papers-kept', '3'), advice('another-step', null)]
    expect(new Set(words).size).toBe(3)
    expect(words[1]).toContain('3')
    for (const word of words) expect(word).not.toMatch(/^$|[{}]/)
  }
})

test('[PHONE14] more time is offered near the turn while somebody is behind, and once when called', () => {
  const offer = (state: TicketView['state'], mayLetFirst = false, minuteGiven = false) =>
    moreTimeOffered({ state, mayLetFirst, minuteGiven })
  expect([offer('waiting'), offer('waiting', true)]).toEqual([null, 'let-first'])
  expect([offer('called'), offer('called', false, true)]).toEqual(['minute', null])
  expect([offer('serving', true), offer('held', true), offer('missed', true)]).toEqual([null, null, null])
})

test('[PHONE14] letting others go first is asked once more, sent once, and said', async () => {
  const { own, asked, doing } = phone()
  const near = { ...view('waiting'), mayLetFirst: true, minuteGiven: false } as TicketView
  own.look(near)
  own.ask('let-first')
  expect(doing()).toEqual({ at: 'asking', verb: 'let-first' })
  await Promise.all([own.moreTime(near), own.moreTime(near)])
  expect(asked.map(([verb]) => verb)).toEqual(['more-time'])
  expect(doing()).toEqual({ at: 'done' })
  own.look(view('called'))
  expect(doing()).toEqual({ at: 'nothing' })
})

test('[PHONE14] a refusal of more time is said', async () => {
  const { own, doing } = phone(new ApiError('nobody-behind', 409))
  const near = { ...view('waiting'), mayLetFirst: true, minuteGiven: false } as TicketView
  own.look(near)
  await own.moreTime(near)
  expect(doing()).toEqual({ at: 'refused', verb: 'let-first', error: 'nobody-behind' })
})
