import { expect, test } from 'vitest'
import { setupRequest } from './setup.ts'

test('[MANAGE6] what is typed is sent without what surrounds it, but a password as it is', () => {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    code: ' AB-CD ',
    username: ' li ',
    password: ' a b ',
    name: ' 李 ',
  })) {
    form.set(name, value)
  }
  expect(setupRequest(form)).toEqual({ code: 'AB-CD', username: 'li', password: ' a b ', name: '李' })
})
