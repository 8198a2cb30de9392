import { describe, expect, test } from 'vitest'
import { actionsOf } from '#server/policy.ts'
import type { Counter, Person } from './model.ts'
import { deskIdOf, satAt, steppedBack } from './this-desk.ts'

/** A tab's storage, and leaving its page. */
function tab(content = new Map<string, string>()) {
  const leaving: (() => void)[] = []
  const stored = () => ({
    getItem: (key: string) => content.get(key) ?? null,
    setItem: (key: string, value: string) => void content.set(key, value),
    removeItem: (key: string) => void content.delete(key),
  })
  return {
    content,
    start: () => deskIdOf({ stored, onLeave: (leave) => leaving.push(leave) }),
    leave: () => leaving.forEach((each) => void each()),
  }
}

describe('the id of a console', () => {
  test('[SHIFT4] is kept over a reload', () => {
    const page = tab()
    const id = page.start()
    page.leave()
    expect(page.start()).toBe(id)
  })

  test('[SHIFT4] is not copied into a duplicate of the tab', () => {
    const page = tab()
    const id = page.start()
    expect(tab(new Map(page.content)).start()).not.toBe(id)
    page.leave()
    page.start()
    expect(tab(new Map(page.content)).start()).not.toBe(id)
  })

  test('[SHIFT4] is there where a browser stores nothing', () => {
    const stored = () => {
      throw new Error('denied')
    }
    let leave = () => {}
    const id = deskIdOf({
      stored,
      onLeave: (leaving) => {
        leave = leaving
      },
    })
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(leave).not.toThrow()
  })
})

describe('stepping back', () => {
  const me: Person = { accountId: 'me', may: actionsOf('staff') }
  const counter = (rest: Partial<Counter> = {}) =>
    ({ id: 'c1', number: '1', status: 'open', staffId: 'me', desk: 'here', ...rest }) as Counter
  const why = (rest: Partial<Counter>, sat: boolean) => steppedBack(counter(rest), me, 'here', sat)

  test('[SHIFT5] for one’s own counter on another screen, and for a colleague who took over from here', () => {
    expect(why({}, true)).toBeNull()
    expect(why({ desk: 'there' }, true)).toBe('another-screen')
    expect(why({ desk: 'there' }, false)).toBe('another-screen')
    expect(why({ desk: 'there', status: 'paused' }, false)).toBe('another-screen')
    expect(why({ desk: 'there', staffId: 'li' }, true)).toBe('colleague')
  })

  test('[SHIFT5] not for a counter opened without a screen, a closed one, or a colleague’s that never was ours', () => {
    expect(why({ desk: null }, true)).toBeNull()
    expect(why({ desk: 'there', status: 'closed', staffId: null }, true)).toBeNull()
    expect(why({ desk: 'there', staffId: 'li' }, false)).toBeNull()
  })

  test('[SHIFT5] a counter was ours once this console opened it, until it closes', () => {
    expect(satAt(false, counter(), me, 'here')).toBe(true)
    expect(satAt(false, counter({ desk: 'there' }), me, 'here')).toBe(false)
    expect(satAt(false, counter({ staffId: 'li' }), me, 'here')).toBe(false)
    expect(satAt(true, counter({ desk: 'there', staffId: 'li' }), me, 'here')).toBe(true)
    expect(satAt(true, counter({ status: 'closed', staffId: null }), me, 'here')).toBe(false)
  })
})
