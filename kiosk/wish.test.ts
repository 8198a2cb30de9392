import { expect, test } from 'vitest'
import { MATTERS, type Service, toggled, type Wish, wishFor, withoutFull } from './wish.ts'

const service = (id: string): Service => ({
  id,
  laneId: 'a',
  name: { 'zh-CN': id, en: id },
  department: { 'zh-CN': '', en: '' },
  says: [],
  materials: [],
  minutes: 5,
  targetWait: null,
  promisedDays: null,
  guide: null,
  quota: null,
})
const chosen = (wish: Wish | null) => wish?.services.map(({ id }) => id) ?? null

test('[KIOSK9] services are added at the end and taken out again; the last one stays', () => {
  let wish = wishFor(service('a'))
  wish = toggled(toggled(wish, service('b')), service('c'))
  expect(chosen(wish)).toEqual(['a', 'b', 'c'])
  wish = toggled(wish, service('a'))
  expect(chosen(wish)).toEqual(['b', 'c'])
  wish = toggled(toggled(wish, service('b')), service('c'))
  expect(chosen(wish)).toEqual(['c'])
})

test('[KIOSK9] never more matters than a visit has', () => {
  const wish = [...'abcdefgh'].reduce(
    (all, id) => (id === 'a' ? all : toggled(all, service(id))),
    wishFor(service('a')),
  )
  expect(wish.services).toHaveLength(MATTERS)
})

test('[KIOSK12] what is given out is left out, and order and need stay', () => {
  const wish: Wish = { ...toggled(wishFor(service('a')), service('b')), order: 'any', skill: 'signing' }
  expect(withoutFull(wish, ['a'])).toEqual({ ...wish, services: [service('b')] })
  expect(withoutFull(wish, ['a', 'b'])).toBeNull()
  expect(withoutFull(wish, ['z'])).toEqual(wish)
})
