import { afterEach, expect, test } from 'vitest'
import type { TicketView } from '#protocol/board.ts'
import { ApiError } from '#ui/api.ts'
import { language } from '#ui/i18n.ts'
import { createOwnTicket, offered } from './own-ticket.ts'
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
  const own = createOwnTicket({ publicRejoin: answer('rejoin'), publicCancel: answer('cancel') })
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
  own.askGiveUp()
  expect(doing()).toEqual({ at: 'asking' })
  own.keep()
  expect(doing()).toEqual({ at: 'nothing' })
  expect(asked).toEqual([])
  own.askGiveUp()
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
