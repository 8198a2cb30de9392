import { expect, test } from 'vitest'
import type { PublicEvent } from '#protocol/events.ts'
import { type Asking, askingAfter } from './tablet.ts'

const after = (
  now: Asking | null,
  type: PublicEvent['type'],
  before: string | null,
  number: string | null,
  serving = false,
  at: 'c2' | 'c3' = 'c2',
) =>
  askingAfter(
    now,
    { type, seq: 7, at: 1_000, counters: { [at]: { number: at === 'c2' ? number : null } } },
    { counters: { c2: { status: 'open', number, serving } } },
    'c2',
    before,
  )

const asking: Asking = { number: 'A001', seq: 7, until: 61_000 }

test('[RATE8] a matter that is done at this counter is asked about for a minute; nothing else is', () => {
  expect(after(null, 'ticket:completed', 'A001', null)).toEqual(asking)
  for (const type of ['ticket:missed', 'ticket:held', 'ticket:transferred', 'ticket:put-back'] as const) {
    expect(after(null, type, 'A001', null)).toBeNull()
  }
  // Done at another counter, while nobody or somebody is here.
  expect(after(null, 'ticket:completed', null, null, false, 'c3')).toBeNull()
  expect(after(asking, 'ticket:completed', 'A002', 'A002', false, 'c3')).toEqual(asking)
})

test('[RATE8] the next call leaves it; serving the next, or taking the completion back, ends it', () => {
  expect(after(asking, 'ticket:called', null, 'A002')).toEqual(asking)
  expect(after(asking, 'ticket:started', 'A002', 'A002', true)).toBeNull()
  expect(after(asking, 'ticket:undone', null, 'A001')).toBeNull()
  expect(after(asking, 'ticket:undone', 'A002', null)).toEqual(asking)
})
