import { expect, test } from 'vitest'
import { askReader, cardIn, type ReaderService } from './reader-service.ts'

const paths = { number: 'info.idCode', name: 'info.name' }
const service: ReaderService = { url: 'http://127.0.0.1:8000/readCard', method: 'GET', body: null, paths }
const never = new AbortController().signal

/** A service that answers this, and what it was asked. */
function answering(answer: unknown) {
  const asked: RequestInit[] = []
  const send: typeof fetch = async (_, request = {}) => {
    asked.push(request)
    return Response.json(answer)
  }
  return { send, asked }
}

test('[IDENT9] the number and the name are where the hall says; without a number there is no card', () => {
  expect(cardIn({ info: { idCode: ' 11010519491231002X ', name: '张三' } }, paths)).toEqual({
    number: '11010519491231002X',
    name: '张三',
  })
  expect(cardIn({ info: { idCode: 42 } }, paths)).toEqual({ number: '42' })
  expect(cardIn({ list: [{ n: 'A' }] }, { number: 'list.0.n', name: null })).toEqual({ number: 'A' })
  for (const none of [null, 'x', {}, { info: null }, { info: { idCode: '' } }, { info: { idCode: {} } }]) {
    expect(cardIn(none, paths)).toBeNull()
  }
  expect(cardIn({}, { number: 'constructor.name', name: null })).toBeNull()
})

test('[IDENT9] it is asked as the hall says, without anything of this kiosk, and led nowhere else', async () => {
  const { send, asked } = answering({ info: { idCode: 'X' } })
  expect(await askReader(service, never, send)).toEqual({ number: 'X' })
  const body = { text: '{"cmd":"read"}', json: true }
  await askReader({ ...service, method: 'POST', body }, never, send)
  await askReader({ ...service, method: 'POST', body: { text: 'read', json: false } }, never, send)
  expect(asked[0]).toMatchObject({ method: 'GET', credentials: 'omit', redirect: 'error' })
  expect(asked[0]).not.toHaveProperty('body')
  expect(asked[1]).toMatchObject({ body: body.text, headers: { 'content-type': 'application/json' } })
  expect(asked[2]).toMatchObject({ body: 'read', headers: { 'content-type': 'text/plain' } })
})

test('[IDENT9] one that is not there, or speaks no JSON, is a failure', async () => {
  await expect(askReader(service, never, () => Promise.reject(new TypeError('away')))).rejects.toThrow('away')
  await expect(askReader(service, never, async () => new Response('<html>'))).rejects.toThrow()
})
