import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createOwnClock } from './own-clock.ts'

const NOON = Date.parse('2025-06-02T12:00:00+08:00')
const HOUR = 3_600_000

function machine() {
  const lastHeard = signal<number | null>(null)
  const state = { wall: NOON, since: 0, lastHeard }
  const clock = createOwnClock({ lastHeard, now: () => state.wall, sinceStart: () => state.since })
  return { clock, state }
}

test.each([-30, -3, 3, 30])(
  '[OFFLINE4] a machine’s clock that is set %i hours off while the server is away changes nothing',
  (hours) => {
    const { clock, state } = machine()
    state.lastHeard.value = NOON + 7_000
    state.wall += hours * HOUR + 60_000
    state.since += 60_000.4
    expect(clock.now()).toBe(NOON + 67_000)
    state.lastHeard.value = NOON + 70_000
    expect(clock.now()).toBe(NOON + 70_000)
  },
)

test('[OFFLINE4] a page that begins without the server goes by the machine, as far off as it was, never behind the last word', () => {
  const { clock, state } = machine()
  clock.remember({ at: NOON, offset: 7_000 })
  state.wall += HOUR
  expect(clock.now()).toBe(NOON + HOUR + 7_000)
  expect(clock.heard()).toEqual({ at: NOON + HOUR + 7_000, offset: 7_000 })
  state.wall = 0
  state.since = 5_000.4
  expect(clock.now()).toBe(NOON + 5_000)
})
