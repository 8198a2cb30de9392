import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBell } from './bell.ts'

/** A browser's sound, as far as a bell uses it: asleep until a touch. */
let touching = false
let tones = 0
let shaken: unknown[] = []
const kept = new Map<string, string>()
const page = new EventTarget()
const doc = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const param = {
  value: 0,
  setValueAtTime() {},
  linearRampToValueAtTime() {},
  exponentialRampToValueAtTime() {},
}

class Sound {
  state = 'suspended'
  currentTime = 0
  destination = {}
  async resume() {
    if (touching) this.state = 'running'
  }
  createOscillator() {
    tones += 1
    return { frequency: param, connect: (to: unknown) => to, start() {}, stop() {} }
  }
  createGain() {
    return { gain: param, connect: (to: unknown) => to }
  }
}

const settled = () => new Promise((done) => setImmediate(done))
const touch = async (then: () => void) => {
  touching = true
  then()
  await settled()
  touching = false
}

beforeEach(() => {
  tones = 0
  shaken = []
  kept.clear()
  vi.stubGlobal('AudioContext', Sound)
  vi.stubGlobal('document', doc)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  vi.stubGlobal('navigator', { vibrate: (pattern: unknown) => shaken.push(pattern) })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('[PHONE16] switched on by a touch it sounds; a call shakes longest; off it only shakes', async () => {
  const bell = createBell()
  bell.ring('called')
  expect([tones, shaken.length]).toEqual([0, 1])
  await touch(() => bell.turn(true))
  expect(tones).toBe(2)
  bell.ring('near')
  bell.ring('called')
  expect(tones).toBe(8)
  const length = (pattern: unknown) => (pattern as number[]).reduce((sum, ms) => sum + ms, 0)
  expect(length(shaken[2])).toBeGreaterThan(length(shaken[1]))
  bell.turn(false)
  bell.ring('called')
  expect(tones).toBe(8)
})

test('[PHONE16] after a reload it is on as it was, asleep until the next touch', async () => {
  await touch(() => createBell().turn(true))
  const bell = createBell()
  expect([bell.on.value, bell.asleep.value]).toEqual([true, true])
  tones = 0
  bell.ring('called')
  expect(tones).toBe(0)
  await touch(() => page.dispatchEvent(new Event('pointerdown')))
  expect(bell.asleep.value).toBe(false)
  bell.ring('called')
  expect(tones).toBe(4)
})

test('[PHONE16] a browser without sound is not offered it, and shakes', () => {
  vi.stubGlobal('AudioContext', undefined)
  const bell = createBell()
  bell.ring('called')
  expect([bell.able, shaken.length]).toEqual([false, 1])
})
