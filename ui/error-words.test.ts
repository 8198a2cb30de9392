import { expect, it, vi } from 'vitest'
import { errorWords } from './error-words.ts'
import { setLanguage } from './i18n.ts'

it('[SIGNIN1] whoever has to wait is told for how long, in whole minutes and never too few', async () => {
  setLanguage('en')
  await vi.waitFor(() => expect(errorWords('wrong-credentials')).toContain('password'))

  expect(errorWords('too-many', { seconds: 61 })).toBe('Too many tries. Please try again in 2 min.')
  expect(errorWords('too-many', { seconds: 900 })).toContain('15 min')
  expect(errorWords('too-many')).not.toContain('{')
  // Whoever cannot wait is told who helps; an address that has to wait is not helped by a password.
  expect(errorWords('too-many', { seconds: 61, of: 'name' })).toMatch(/2 min.*administrator/)
  expect(errorWords('too-many', { seconds: 61 })).not.toContain('administrator')
  setLanguage('zh-CN')
  expect(errorWords('too-many', { seconds: 1, of: 'name' })).toMatch(/1 分钟.*管理员/)
  expect(errorWords('too-many', { seconds: 1 })).toContain('1 分钟')
})
