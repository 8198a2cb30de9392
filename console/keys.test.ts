import { describe, expect, test } from 'vitest'
import { actionFor, KEYS, type Press, SETTLED, settled } from './keys.ts'
import { possibleActions } from './model.ts'

const press = (rest: Partial<Press>): Press => ({
  key: 'n',
  code: 'KeyN',
  repeat: false,
  isComposing: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  typing: false,
  ...rest,
})

describe('keys', () => {
  test('[KEYS1] each action has one key and each key one action', () => {
    expect(new Set(Object.values(KEYS)).size).toBe(Object.keys(KEYS).length)
    for (const [action, key] of Object.entries(KEYS)) {
      expect(actionFor(press({ key: key.toLowerCase(), code: `Key${key}` }))).toBe(action)
      expect(actionFor(press({ key, code: `Key${key}` }))).toBe(action)
    }
  })

  test('[KEYS1] the key that moved a ticket on means nothing in the next state, so a double press is harmless', () => {
    const at = {
      counter: {
        id: 'c1',
        number: '1',
        status: 'open',
        staffId: 's',
        skills: [],
        desk: null,
        since: 0,
        version: 1,
      },
    } as const
    expect(possibleActions({ state: 'idle', ...at })).not.toContain('complete')
    expect(possibleActions({ state: 'idle', ...at })).not.toContain('no-show')
  })

  test('[KEYS2] another key means nothing', () => {
    expect(actionFor(press({ key: 'q', code: 'KeyQ' }))).toBeNull()
    expect(actionFor(press({ key: 'Enter', code: 'Enter' }))).toBeNull()
  })

  test('[KEYS2] never while typing, composing or held down', () => {
    expect(actionFor(press({ typing: true }))).toBeNull()
    expect(actionFor(press({ isComposing: true }))).toBeNull()
    expect(actionFor(press({ repeat: true }))).toBeNull()
  })

  test.each(['ctrlKey', 'altKey', 'metaKey'] as const)('[KEYS2] never with %s', (modifier) => {
    expect(actionFor(press({ [modifier]: true }))).toBeNull()
  })

  test('[KEYS2] under a Chinese input method the place of the key counts', () => {
    expect(actionFor(press({ key: 'Process', code: 'KeyN' }))).toBe('next')
    expect(actionFor(press({ key: 'Process', code: 'KeyQ' }))).toBeNull()
  })

  test('[KEYS2] on another keyboard layout the letter counts, not the place', () => {
    expect(actionFor(press({ key: 'n', code: 'KeyB' }))).toBe('next')
  })

  test('[KEYS3] the second click of a double click means nothing', () => {
    expect(settled('double-click', null, 0)).toBe(false)
    expect(settled('double-click', { at: 0, mine: true }, 10 * SETTLED)).toBe(false)
  })

  test.each(['key', 'click'] as const)('[KEYS3] a %s waits out only what others changed', (by) => {
    expect(settled(by, null, 0)).toBe(true)
    expect(settled(by, { at: 1000, mine: true }, 1001)).toBe(true)
    expect(settled(by, { at: 1000, mine: false }, 1000 + SETTLED - 1)).toBe(false)
    expect(settled(by, { at: 1000, mine: false }, 1000 + SETTLED)).toBe(true)
  })
})
