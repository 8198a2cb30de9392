import { type Signal, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TicketView } from '#protocol/board.ts'
import { type Api, ApiError } from '#ui/api.ts'
import type { LinkState } from '#ui/link.ts'
import { createTracker } from './tracking.ts'

interface Watch {
  ticket: Signal<TicketView | null>
  link: Signal<LinkState>
  close: ReturnType<typeof vi.fn>
}
const watches: Watch[] = []

vi.mock('#ui/live.ts', () => ({
  watchTicket: () => {
    const watch: Watch = { ticket: signal(null), link: signal('live'), close: vi.fn() }
    watches.push(watch)
    return watch
  },
}))

const view = (number: string, rest: Partial<TicketView> = {}) =>
  ({ number, issuedAt: 1_000, state: 'waiting', seq: 1, ...rest }) as TicketView

/** What each code leads to. */
const tickets: Record<string, TicketView> = { MINE: view('A001'), OTHER: view('A002') }
const track = vi.fn(async (code: string) => {
  const found = tickets[code]
  if (!found) throw new ApiError('unknown-ticket', 404)
  return found
})
const seen: string[] = []
const tracker = () =>
  createTracker({ track } as unknown as Api, ({ number, seq }, before) => {
    seen.push(`${number}.${seq} after ${before ? `${before.number}.${before.seq}` : 'nothing'}`)
  })

beforeEach(() => {
  vi.useFakeTimers()
  watches.length = 0
  seen.length = 0
  track.mockClear()
})
afterEach(() => {
  vi.useRealTimers()
})

test('[PHONE4] the code is said once; then the ticket is followed by its cookie', async () => {
  const { tracking, open } = tracker()
  await open('MINE')
  expect(tracking.value).toMatchObject({ at: 'ticket', ticket: { number: 'A001' } })
  watches[0]!.ticket.value = view('A001', { seq: 2 })
  watches[0]!.ticket.value = view('A001', { seq: 3, state: 'called' })
  expect(tracking.value).toMatchObject({ at: 'ticket', ticket: { state: 'called' } })
  expect(seen).toEqual(['A001.1 after nothing', 'A001.2 after A001.1', 'A001.3 after A001.2'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(track.mock.calls).toEqual([['MINE']])
})

test('[PHONE4] no code, a code that leads nowhere and a server that is away are told apart', async () => {
  const { tracking, open } = tracker()
  await open('')
  expect(tracking.value).toEqual({ at: 'no-code' })
  await open('WRONG')
  expect(tracking.value).toEqual({ at: 'bad-code' })
  track.mockRejectedValueOnce(new ApiError('unavailable', 0))
  await open('MINE')
  expect(tracking.value).toEqual({ at: 'failed', error: 'unavailable' })
})

test('[PHONE5] a page whose cookie another ticket took shows nothing of it, and takes its own back', async () => {
  const { tracking, open } = tracker()
  await open('MINE')
  watches[0]!.ticket.value = view('A002')
  expect(tracking.value).toMatchObject({ ticket: { number: 'A001' } })
  expect(track).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(track.mock.calls).toEqual([['MINE'], ['MINE']])
  expect(watches[0]!.close).toHaveBeenCalledOnce()
  watches[1]!.ticket.value = view('A001', { seq: 5 })
  expect(tracking.value).toMatchObject({ ticket: { number: 'A001', seq: 5 } })
  expect(seen.filter((told) => told.startsWith('A002'))).toEqual([])
})

test('[PHONE5] yesterday’s ticket of the same number is another ticket', async () => {
  const { tracking, open } = tracker()
  await open('MINE')
  watches[0]!.ticket.value = view('A001', { issuedAt: 5, seq: 9 })
  expect(tracking.value).toMatchObject({ ticket: { issuedAt: 1_000, seq: 1 } })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(track).toHaveBeenCalledTimes(2)
})

test('[LINK5] a revoked page says so and stays so', async () => {
  const { tracking, open } = tracker()
  await open('MINE')
  watches[0]!.link.value = 'revoked'
  expect(tracking.value).toEqual({ at: 'bad-code' })
})

test('[PHONE4] of two codes opened one after the other, the later is shown', async () => {
  const { tracking, open } = tracker()
  await Promise.all([open('MINE'), open('OTHER')])
  expect(tracking.value).toMatchObject({ ticket: { number: 'A002' } })
  expect(seen).toEqual(['A002.1 after nothing'])
})
