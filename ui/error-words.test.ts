import { expect, it, vi } from 'vitest'
import { errorWords } from './error-words.ts'
import { setLanguage } from './i18n.ts'

it('[SIGNIN1] whoever has to wait is told for how long, in whole minutes and never too few', async () => {
  setLanguage('en')
  await vi.waitFor(() => expect(errorWords('wrong-credentials')).toContain('password'))

  expect(errorWords('too-many', { seconds: 61 })).toBe('Too many tries. Please try again in 2 min.')
  expect(errorWords('too-many', { seconds: 900 })).toContain('15 min')
  expect(errorWords('too-many')).not.toContain('{')
  setLanguage('zh-CN')
  expect(errorWords('too-many', { seconds: 1 })).toContain('1 分钟')
})
