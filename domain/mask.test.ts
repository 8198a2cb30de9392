import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskName, maskNumber, maskPhone } from './mask.ts'

const signs = (text: string) => Array.from(text)
const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''))
/** Signs of many scripts, also of two units, and marks. */
const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })

describe('masks', () => {
  it.each([
    ['张三', '张*'],
    ['欧阳娜娜', '欧*'],
    ['阿迪力·买买提江', '阿*'],
    ['𠮷田太郎', '𠮷*'],
    ['𡈽', '*'],
    ['王', '*'],
    [' 李四 ', '李*'],
    ['Anna Müller', 'A*'],
    ['Ⴀნა', 'Ⴀ*'],
    ['محمد', 'م*'],
    ['é', '*'],
    ['', '*'],
  ])('[MASK1] the name %s is %s', (name, mask) => {
    expect(maskName(name)).toBe(mask)
  })

  it.each([
    ['13812341234', '138****1234'],
    ['138 1234 1234', '138****1234'],
    ['+86-138-1234-1234', '+86*******1234'],
    ['010-65001234', '010****1234'],
    ['65001234', '******34'],
    ['12345', '*****'],
    ['', ''],
  ])('[MASK1] the phone number %s is %s', (phone, mask) => {
    expect(maskPhone(phone)).toBe(mask)
  })

  it.each([
    ['11010519491231002X', '110***********002X'],
    ['110105491231002', '110********1002'],
    ['E12345678', '*******78'],
    ['H1234', '*****'],
  ])('[MASK1] the identity number %s is %s', (number, mask) => {
    expect(maskNumber(number)).toBe(mask)
  })

  it('[MASK1] a name shows one whole sign at most, and never all of itself or its length', () => {
    fc.assert(
      fc.property(word, (name) => {
        const mask = maskName(name)
        expect(signs(mask).length).toBeLessThanOrEqual(2)
        expect(mask.endsWith('*')).toBe(true)
        // No half of a sign that was whole.
        if (Buffer.from(name).toString() === name) expect(Buffer.from(mask).toString()).toBe(mask)
        if (name.trim() !== '*' && name.trim() !== '') expect(mask).not.toBe(name.trim())
        // All but the first sign may be anything.
        if (mask !== '*') expect(maskName(`${signs(name.trim())[0]}何`)).toBe(mask)
      }),
    )
  })

  it('[MASK1] of a number four signs at least are hidden, more than half of a short one, and what lies between does not matter', () => {
    for (const mask of [maskPhone, maskNumber]) {
      fc.assert(
        fc.property(digits(0, 30), (number) => {
          const shown = signs(mask(number)).filter((sign) => sign !== '*').length
          expect(mask(number)).toHaveLength(number.length)
          expect(number.length - shown).toBeGreaterThanOrEqual(Math.min(4, number.length))
          expect(shown).toBeLessThanOrEqual(7)
          if (number.length < 11) expect(shown * 2).toBeLessThan(Math.max(1, number.length))
        }),
      )
      fc.assert(
        fc.property(digits(3, 3), digits(11, 11), digits(11, 11), digits(4, 4), (first, a, b, last) => {
          expect(mask(`${first}${a}${last}`)).toBe(mask(`${first}${b}${last}`))
        }),
      )
    }
  })
})
