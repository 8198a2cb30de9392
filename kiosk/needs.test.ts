import { expect, test } from 'vitest'
import { isNeeded, needsOf, needsSkill, withNeed } from './needs.ts'
import { type Service, type Skills, wishFor } from './wish.ts'

const name = { 'zh-CN': '名', en: 'name' }
const skills: Skills = [
  { id: 'signing', name, accommodation: 'sign-language' },
  { id: 'dialect', name },
]
const wish = wishFor({ id: 's' } as Service)
const SIGNS = { accommodation: 'sign-language' } as const
const WRITTEN = { accommodation: 'written' } as const
const DIALECT = { skill: 'dialect' }

test('[PREPARE1] a skill that something offered is for is not offered twice', () => {
  expect(needsOf(skills)).toHaveLength(6)
  expect(needsOf(skills)).toContainEqual(SIGNS)
  expect(needsOf(skills)).toContainEqual(DIALECT)
  expect(needsOf(skills)).not.toContainEqual({ skill: 'signing' })
  expect(needsOf([])).toContainEqual(SIGNS)
})

test('[PREPARE1] several can be ticked and taken out; of the skills one', () => {
  const two = withNeed(withNeed(wish, WRITTEN, skills), SIGNS, skills)
  expect(two).toMatchObject({ accommodations: ['sign-language', 'written'], skill: null })
  expect(needsSkill(two, skills)).toBe(true)
  expect(needsSkill(two, [])).toBe(false)
  const other = withNeed(two, DIALECT, skills)
  expect(other).toMatchObject({ accommodations: ['written'], skill: 'dialect' })
  expect(withNeed(other, SIGNS, skills)).toMatchObject({ skill: null })
  // Where nobody signs it is prepared without a skill, and takes no other's place.
  const plain = [{ id: 'dialect', name }]
  expect(withNeed(other, SIGNS, plain)).toMatchObject({ skill: 'dialect' })
  expect(isNeeded(withNeed(other, DIALECT, skills), DIALECT)).toBe(false)
  expect(withNeed(two, SIGNS, skills).accommodations).toEqual(['written'])
})
