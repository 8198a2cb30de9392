import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBell } from './bell.ts'

/** A browser's sound, as far as a bell uses it: it does not begin until the page has been touched. */
let touched = false
let tones: number[] = []
let closed = 0
const page = new EventTarget()
const param = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }

class Sound {
  state = 'suspended'
  currentTime = 0
  destination = {}
  resume() {
    if (!touched) return new Promise(() => {})
    this.state = 'running'
    return Promise.resolve()
  }
  close() {
    closed += 1
    return Promise.resolve()
  }
  createOscillator() {
    const frequency = {
      set value(pitch: number) {
        tones.push(pitch)
      },
    }
    return { frequency, connect: (to: unknown) => to, start() {}, stop() {} }
  }
  createGain() {
    return { gain: param, connect: (to: unknown) => to }
  }
}

beforeEach(() => {
  touched = false
  tones = []
  closed = 0
  vi.useFakeTimers()
  vi.stubGlobal('AudioContext', Sound)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('[HELP10] it rings on until it is answered, more often and higher once it is escalated', async () => {
  touched = true
  const bell = createBell()
  bell.ring('ringing')
  await pass(20_000)
  const calm = [...tones]
  tones = []
  bell.ring('escalated')
  await pass(20_000)
  expect(tones.length).toBeGreaterThan(2 * calm.length)
  expect(Math.max(...tones)).toBeGreaterThan(Math.max(...calm))
  tones = []
  bell.ring(null)
  await pass(20_000)
  expect([tones, bell.asleep.value]).toEqual([[], false])
  bell.close()
})

test('[HELP10] the same urgency again does not begin anew', async () => {
  touched = true
  const bell = createBell()
  bell.ring('ringing')
  bell.ring('ringing')
  await pass(100)
  expect(tones).toHaveLength(2)
  bell.close()
})

test('[HELP10] where the browser holds sound back it says so, and the next touch rings at once', async () => {
  const bell = createBell()
  bell.ring('ringing')
  await pass(1_000)
  expect([tones.length, bell.asleep.value]).toEqual([0, true])
  touched = true
  page.dispatchEvent(new Event('pointerdown'))
  await pass(10)
  expect([tones.length, bell.asleep.value]).toEqual([2, false])
  bell.close()
  await pass(20_000)
  expect([tones.length, closed]).toEqual([2, 1])
})

test('[HELP10] what was answered before it could sound does not sound afterwards', async () => {
  const bell = createBell()
  bell.ring('ringing')
  bell.ring(null)
  await pass(1_000)
  touched = true
  page.dispatchEvent(new Event('pointerdown'))
  await pass(10)
  expect([tones.length, bell.asleep.value]).toEqual([0, false])
  bell.close()
})

test('[HELP10] a browser without sound is told to ring, and nothing fails', async () => {
  vi.stubGlobal('AudioContext', undefined)
  const bell = createBell()
  bell.ring('escalated')
  await pass(5_000)
  expect(bell.asleep.value).toBe(false)
  bell.close()
})
