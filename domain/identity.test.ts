import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSignOf, isIdentityNumber, masked, readIdentityNumber } from './identity.ts'

/** The example of the standard. */
const NUMBER = '11010519491231002X'

test('[IDENT2] a number has 18 signs, the check sign of the standard, and a day of birth that there was', () => {
  expect(isIdentityNumber(NUMBER)).toBe(true)
  // The other example of the standard.
  expect(isIdentityNumber('440524188001010014')).toBe(true)
  expect(isIdentityNumber('110105194912310021')).toBe(false)
  expect(isIdentityNumber('11010519491231002x')).toBe(false)
  expect(isIdentityNumber('1101051949123100')).toBe(false)
  for (const day of ['19490230', '19491301', '19490000', '17991231']) {
    const digits = `110105${day}002`
    expect(isIdentityNumber(digits + checkSignOf(digits)), day).toBe(false)
  }
  expect(isIdentityNumber(`11010520000229002${checkSignOf('11010520000229002')}`)).toBe(true)
})

test('[IDENT2] one wrong sign, or two neighbours in the wrong order, is always noticed', () => {
  fc.assert(
    fc.property(fc.nat({ max: 16 }), fc.nat({ max: 9 }), (at, digit) => {
      const other = NUMBER.slice(0, at) + digit + NUMBER.slice(at + 1)
      const [a, b] = [NUMBER[at], NUMBER[at + 1]]
      const swapped = NUMBER.slice(0, at) + b + a + NUMBER.slice(at + 2)
      return (other === NUMBER || !isIdentityNumber(other)) && (a === b || !isIdentityNumber(swapped))
    }),
  )
})

test('[IDENT2] a reader gives the number alone or in a text; what is in a longer run, or there twice, is none', () => {
  expect(readIdentityNumber(NUMBER.toLowerCase())).toBe(NUMBER)
  expect(readIdentityNumber(`{"name":"A","idNumber":"${NUMBER}"}`)).toBe(NUMBER)
  expect(readIdentityNumber('110105194912310021')).toBe('wrong')
  expect(readIdentityNumber(`${NUMBER}42`)).toBeNull()
  expect(readIdentityNumber(`A${NUMBER}`)).toBeNull()
  expect(readIdentityNumber(`${NUMBER},440524188001010014`)).toBeNull()
  expect(readIdentityNumber('LA000042')).toBeNull()
  expect(readIdentityNumber('')).toBeNull()
})

test('[IDENT3] the mask leaves three and four signs of the number, and one of the name however long it is', () => {
  expect(masked({ number: NUMBER, name: '张三' })).toEqual({ number: '110***********002X', name: '张*' })
  expect(masked({ number: NUMBER, name: '欧阳文远' }).name).toBe('欧*')
  expect(masked({ number: NUMBER, name: '𠮷田' }).name).toBe('𠮷*')
  expect(masked({ number: NUMBER }).name).toBeNull()
  fc.assert(
    fc.property(fc.string({ minLength: 2 }), (name) => {
      const shown = masked({ number: NUMBER, name })
      return [...(shown.name ?? '')].length <= 2 && shown.number.length === 18
    }),
  )
})
