import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stayAwake } from './wake-lock.ts'

/** A browser's page that can be hidden, and its locks. */
let page: EventTarget & { visibilityState: 'visible' | 'hidden' }
let held: { released: boolean }[]
let refuse: boolean

const show = async (visibilityState: 'visible' | 'hidden') => {
  page.visibilityState = visibilityState
  // The browser drops the lock of a page that is hidden.
  if (visibilityState === 'hidden') for (const lock of held) lock.released = true
  page.dispatchEvent(new Event('visibilitychange'))
  await Promise.resolve()
}
const locks = () => held.filter(({ released }) => !released).length

beforeEach(() => {
  held = []
  refuse = false
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const })
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', {
    wakeLock: {
      request: async (kind: string) => {
        if (refuse) throw new Error('battery')
        const lock = {
          kind,
          released: false,
          release: async () => {
            lock.released = true
          },
        }
        held.push(lock)
        return lock
      },
    },
  })
})
afterEach(() => void vi.unstubAllGlobals())

test('[WALL20] the screen stays on while the page is shown, also after it was hidden, and no longer', async () => {
  const sleep = stayAwake()
  await vi.waitFor(() => expect(locks()).toBe(1))
  await show('hidden')
  expect(locks()).toBe(0)
  await show('visible')
  await vi.waitFor(() => expect(locks()).toBe(1))
  sleep()
  await vi.waitFor(() => expect(locks()).toBe(0))
  await show('visible')
  expect(locks()).toBe(0)
})

test('[WALL20] a browser that refuses or knows no such thing shows the wall all the same', async () => {
  refuse = true
  const sleep = stayAwake()
  await show('visible')
  expect(held).toEqual([])
  sleep()
  vi.stubGlobal('navigator', {})
  stayAwake()()
})
