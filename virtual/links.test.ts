import { expect, it } from 'vitest'
import { virtualStaff } from './accounts.ts'
import { linesOf } from './links.ts'
import { readOptions } from './options.ts'

it('[PRACTICE7] five addresses, the accounts of people only, the password, and how it is ended', () => {
  const counters = [{ id: 'c1', number: '1', name: { 'zh-CN': '1 号窗口', en: 'Counter 1' } }]
  const own = { username: 'counter1', counterId: 'c1', skills: [] }
  const accounts = [own, ...virtualStaff({ site: { counters }, accounts: [own] })]
  const options = readOptions(['--seed', '3'], 0)
  const url = 'http://127.0.0.1:8080'
  const said = linesOf({ url, options, counters, accounts, password: 'secret-word', code: 'CODE' })
  for (const path of ['/kiosk/', '/display/', '/console/?counter=c1', '/manage/', '/phone/#CODE']) {
    expect(said).toContain(`${url}${path}`)
  }
  expect(said).toContain('Accounts    counter1\n')
  expect(said).toContain('secret-word')
  expect(said).toMatch(/5 times as fast.*seed 3.*nothing of it is kept/)
})
