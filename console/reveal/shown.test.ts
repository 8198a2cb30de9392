import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createShown, SHOWN_FOR } from './shown.ts'

describe('what was revealed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('[REVEAL5] hides after a minute, at once when somebody says so, and a later one has its own minute', () => {
    const shown = createShown<string>()
    shown.show('a')
    vi.advanceTimersByTime(SHOWN_FOR - 1)
    expect(shown.value.value).toBe('a')
    shown.show('b')
    vi.advanceTimersByTime(SHOWN_FOR - 1)
    expect(shown.value.value).toBe('b')
    vi.advanceTimersByTime(1)
    expect(shown.value.value).toBeNull()
    shown.show('c')
    shown.hide()
    expect(shown.value.value).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })
})
