import { expect, it } from 'vitest'
import { weaknessOf } from './weakness.ts'

const NAMES = ['counter1', '陈晓明', 'Nuan’an Sub-district Service Centre', '暖安街道政务服务中心']

it('[SIGNIN10] a password that many have is told from one of somebody’s own, however it is written', () => {
  for (const password of [
    'password1',
    'PassWord1',
    'a12345678',
    'qq123456',
    '1qaz2wsx',
    'ｐａｓｓｗｏｒｄ１',
    '1234 5678',
    'abababab',
    '好好好好好好好好',
  ])
    expect(weaknessOf(password, NAMES), password).toBe('common-password')
  for (const password of [
    'tea by the window',
    '春天的河边有船',
    '7hjkq-23mnp',
    'aaaabbbbc',
    '# The most common',
  ])
    expect(weaknessOf(password, NAMES), password).toBeNull()
})

it('[SIGNIN10] the names of the account and its hall are no password, with or without a year behind them', () => {
  for (const password of [
    'counter3',
    'Counter2026!',
    '暖安街道政务服务中心',
    '2026暖安街道政务服务中心',
    'supervisor88',
    '陈晓明19980101',
    'nuanhao2026',
  ])
    expect(weaknessOf(password, NAMES), password).toBe('password-is-name')
  expect(weaknessOf('the counter by the door', NAMES)).toBeNull()
})
