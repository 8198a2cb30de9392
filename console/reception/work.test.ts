import { describe, expect, test } from 'vitest'
import type { StaffBoard } from '#protocol/board.ts'
import type { PrintAnswer, PrinterView, Slip } from '#protocol/printing.ts'
import { actionsOf } from '#server/policy.ts'
import { legWith } from '#test/harness/legs.ts'
import { type Api, ApiError } from '#ui/api.ts'
import type { Press } from '../keys.ts'
import type { Leg } from '../model.ts'
import { NO_WISH } from './give.ts'
import { createReception } from './work.ts'

const slip: Slip = { paper: 80, language: 'zh-CN', parts: [] }
const leg = legWith({ id: 'l1', ticketId: 't1', number: 'A001', version: 3 })
const SEEN = { leg: 'l1', version: 3 }
const ready: PrinterView = { id: 'front', kiosks: [], state: 'ready' }

/** A reception whose every call of the server is noted. */
function desk(
  given: { leg?: Leg; print?: PrintAnswer | null; refuse?: ApiError; printers?: PrinterView[] } = {},
) {
  const asked: unknown[][] = []
  const state = { leg: given.leg ?? leg, live: true, full: 0, expired: 0 }
  const answers: Record<string, (...said: unknown[]) => unknown> = {
    issue: () => ({
      ticket: { id: 't1', number: 'A001' },
      trackUrl: null,
      ahead: 2,
      wait: null,
      print: given.print ?? null,
    }),
    printAgain: (_, what) =>
      (what as { here?: true }).here
        ? { jobId: `job-${asked.length}`, how: 'browser', slip }
        : { jobId: `job-${asked.length}`, how: 'network', slip: null },
    why: () => ({ number: 'A001', ahead: 2, arrivedBefore: 1, earlierTurn: 1 }),
  }
  const api = new Proxy({} as Api, {
    get:
      (_, name: string) =>
      async (...said: unknown[]) => {
        asked.push([name, ...said])
        if (given.refuse) throw given.refuse
        return answers[name]?.(...said) ?? { ticket: state.leg }
      },
  })
  const work = createReception({
    api,
    siteId: 'hall',
    may: actionsOf('volunteer'),
    board: () => (state.live ? ({ legs: { l1: state.leg } } as unknown as StaffBoard) : null),
    offers: () => [
      { id: 'permit', name: { 'zh-CN': '证', en: 'Permit' }, letter: 'A', waiting: 0, full: false, key: '1' },
      { id: 'gone', name: { 'zh-CN': '无', en: 'Gone' }, letter: 'A', waiting: 0, full: true, key: '2' },
    ],
    printers: () => given.printers ?? [ready],
    find: () => asked.push(['find']),
    goHelp: () => asked.push(['help']),
    onExpired: () => (state.expired += 1),
    onFull: () => (state.full += 1),
  })
  const type = (...keys: string[]) => keys.map((key) => work.press(press(key)))
  const settled = () => new Promise<void>((done) => setTimeout(done))
  return { work, asked, state, type, settled }
}

const press = (key: string, more: Partial<Press> = {}): Press => ({
  ...{ key, code: '', repeat: false, isComposing: false, typing: false },
  ...{ ctrlKey: false, altKey: false, metaKey: false, ...more },
})

describe('the reception at work', () => {
  test('[DESK1] one key gives a number with its paper; what was wished goes with it, and is over', async () => {
    const { work, asked, type, settled } = desk()
    type('q', 'e')
    expect(work.wish.value).toMatchObject({ care: true, language: 'en' })
    type('1', '1')
    await settled()
    expect(asked).toEqual([['issue', 'hall', { serviceId: 'permit', paper: true, language: 'en', care: {} }]])
    expect(work.open.value).toMatchObject({ ticketId: 't1', number: 'A001', given: { ahead: 2 } })
    expect(work.wish.value).toEqual(NO_WISH)
    type('2')
    await settled()
    expect(asked).toHaveLength(1)
  })

  test('[DESK2] a paper of the browser’s is printed when asked, as the first; the next is marked by the server', async () => {
    const { work, asked, type, settled } = desk({
      printers: [],
      print: { jobId: 'first', how: 'browser', slip },
    })
    type('1')
    await settled()
    expect([work.paper.value?.state, work.toPrint.value]).toEqual(['here', 0])
    type('p')
    expect([work.paper.value?.state, work.toPrint.value]).toEqual(['handed-over', 1])
    expect(asked).toHaveLength(1)
    type('p')
    await settled()
    expect(asked[1]).toEqual(['printAgain', 't1', { here: true }])
    expect(work.toPrint.value).toBe(2)
  })

  test('[DESK2] the desk hears what became of its paper, and one that failed comes by the browser', async () => {
    const { work, asked, type, settled } = desk({ print: { jobId: 'first', how: 'network', slip: null } })
    type('1')
    await settled()
    work.hearPaper({ jobId: 'another', ticketId: 't9', state: 'printed' })
    expect(work.paper.value?.state).toBe('printing')
    work.hearPaper({ jobId: 'first', ticketId: 't1', state: 'given-up' })
    expect(work.paper.value?.state).toBe('failed')
    type('p')
    await settled()
    expect(asked[1]).toEqual(['printAgain', 't1', { here: true }])
    type('p')
    await settled()
    expect(asked[2]).toEqual(['printAgain', 't1', {}])
  })

  test.each([
    ['m', ['onTicket', 't1', 'more-time', {}, SEEN]],
    ['k', ['care', 't1', { care: true }, SEEN]],
    ['l', ['onTicket', 't1', 'language', { language: 'en' }, SEEN]],
    ['c 1', ['changeService', 't1', { serviceId: 'permit' }, SEEN]],
    ['x y', ['cancel', 't1', SEEN]],
  ])('[DESK4] %s of a waiting ticket says which was seen', async (keys, call) => {
    const { work, asked, type, settled } = desk()
    work.show(leg)
    type(...keys.split(' '))
    await settled()
    expect(asked).toEqual([call])
    expect(work.choice.value).toBeNull()
    expect(work.word.value).toMatchObject({ type: 'done', number: 'A001' })
  })

  test('[DESK4] a missed ticket rejoins by one key; what its state does not allow is not sent', async () => {
    const missed = { ...leg, state: 'missed' as const }
    const { work, asked, type, settled } = desk({ leg: missed })
    work.show(missed)
    type('k', 'w', 'm', 'c')
    expect(asked).toEqual([])
    type('r')
    await settled()
    expect(asked).toEqual([['rejoin', 't1', SEEN]])
  })

  test('[DESK5] why is read, and its sentence printed by the same two keys', async () => {
    const { work, asked, type, settled } = desk()
    work.show(leg)
    type('w')
    await settled()
    expect(work.why.value).toMatchObject({ ahead: 2 })
    type('p')
    await settled()
    expect(asked).toEqual([
      ['why', 't1'],
      ['printAgain', 't1', { what: 'why' }],
    ])
  })

  test('[DESK8] while a choice is open only its keys count, and Escape leaves first the choice, then the ticket', async () => {
    const { work, asked, type } = desk()
    work.show(leg)
    type('x')
    expect(type('1', 'k', 'p')).toEqual([true, true, true])
    expect([asked, work.choice.value]).toEqual([[], 'cancel'])
    type('Escape')
    expect([work.choice.value, work.open.value?.number]).toEqual([null, 'A001'])
    type('Escape')
    expect(work.open.value).toBeNull()
    expect(type('x', 'r')).toEqual([true, true])
    type('f', 'g')
    expect(asked).toEqual([['find'], ['help']])
  })

  test('[DESK8] keys mean nothing while typing, held down or with a modifier', () => {
    const { work, asked } = desk()
    for (const more of [{ typing: true }, { repeat: true }, { ctrlKey: true }, { isComposing: true }]) {
      expect(work.press(press('1', more))).toBe(false)
    }
    expect(asked).toEqual([])
  })

  test('[DESK9] a refusal is said and changes nothing; out of touch nothing is sent', async () => {
    const refused = desk({ refuse: new ApiError('quota-reached', 409) })
    refused.type('q', '1')
    await refused.settled()
    expect(refused.work.word.value).toMatchObject({ type: 'error', key: 'quota-reached' })
    expect([refused.work.open.value, refused.work.wish.value.care, refused.state.full]).toEqual([
      null,
      true,
      1,
    ])
    const expired = desk({ refuse: new ApiError('unauthenticated', 401) })
    expired.type('1')
    await expired.settled()
    expect([expired.state.expired, expired.work.word.value]).toEqual([1, null])
    const lost = desk()
    lost.state.live = false
    lost.type('1')
    expect(lost.asked).toEqual([])
  })
})
