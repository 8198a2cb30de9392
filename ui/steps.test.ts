import { expect, it, vi } from 'vitest'
import { ApiError } from './api.ts'
import { createSteps } from './steps.ts'

const refused = (key: 'unknown-session' | 'unauthenticated') => () => Promise.reject(new ApiError(key, 400))

it('a step that was refused is said, and what there is is read all the same; the next begins without it', async () => {
  const { busy, error, carryOut } = createSteps(() => undefined)
  const read = vi.fn(async () => undefined)
  await carryOut(refused('unknown-session'), read)
  expect([read.mock.calls.length, error.value, busy.value]).toEqual([1, 'unknown-session', false])
  await carryOut(() => Promise.reject(new TypeError('a fault of the program')))
  expect(error.value).toBe('internal')
  await carryOut(read)
  expect(error.value).toBeNull()
})

it('while one is under way another press begins nothing', async () => {
  const { busy, carryOut } = createSteps(() => undefined)
  const { promise, resolve } = deferred()
  const first = carryOut(() => promise)
  expect(busy.value).toBe(true)
  const second = vi.fn(async () => undefined)
  await carryOut(second)
  expect(second).not.toHaveBeenCalled()
  resolve()
  await first
  expect(busy.value).toBe(false)
})

it('a press while something is looked up is not lost: it is carried out after', async () => {
  const { busy, look, carryOut } = createSteps(() => undefined)
  const { promise, resolve } = deferred()
  const order: string[] = []
  void look(() => promise.then(() => order.push('looked up')))
  expect(busy.value).toBe(false)
  const pressed = carryOut(async () => order.push('carried out'))
  expect([busy.value, order]).toEqual([true, []])
  resolve()
  await pressed
  expect([busy.value, order]).toEqual([false, ['looked up', 'carried out']])
})

it('whoever is signed in no longer is sent to sign in, and told of no error', async () => {
  const expired = vi.fn()
  const { error, carryOut } = createSteps(expired)
  const read = vi.fn(async () => undefined)
  await carryOut(refused('unauthenticated'), read)
  expect([expired.mock.calls.length, read.mock.calls.length, error.value]).toEqual([1, 0, null])
})

function deferred() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((then) => {
    resolve = then
  })
  return { promise, resolve }
}
