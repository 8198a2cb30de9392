import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DeviceResponse, PairingResponse } from '#protocol/device.ts'
import { ApiError, createApi } from './api.ts'
import { createDevice } from './device.ts'

const made: DeviceResponse = {
  id: 'd1',
  kind: 'kiosk',
  siteId: 'hall',
  name: 'K1',
  place: null,
  token: 'secret',
}
let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** A server that answers as `enrol` says, and notes which token it is told the screen had. */
function server(enrol: () => DeviceResponse | PairingResponse) {
  const asked: (string | null)[] = []
  const api = {
    ...createApi(),
    enrol: async (_: string, was: string | null) => {
      asked.push(was)
      return enrol()
    },
  }
  return { asked, device: createDevice('kiosk', api) }
}

const WAITING: PairingResponse = { code: 'K7M-3QX', secret: 'shown-to-nobody', seconds: 600, revoked: false }

test('[DEVICE1] a demo hall enrols the screen; the token is kept and used again', async () => {
  const first = server(() => made)
  await first.device.enrol()
  expect(first.device.state.value).toBe('enrolled')
  expect(first.device.token()).toBe('secret')

  const second = server(() => {
    throw new Error('asked again')
  })
  await second.device.enrol()
  expect(second.asked).toEqual([])
  expect(second.device.device.value).toEqual(made)
})

test('[DEVICE1] [PAIR1] elsewhere it waits with a code, over a restart too; approved, its secret is its token', async () => {
  const first = server(() => WAITING)
  await first.device.enrol()
  expect(first.device.state.value).toBe('pairing')
  expect(first.device.pairing.value).toEqual(WAITING)
  expect(first.device.token()).toBe(null)

  const { device, asked } = server(() => {
    throw new Error('asked again')
  })
  await device.enrol()
  expect(device.pairing.value).toMatchObject({ code: 'K7M-3QX', secret: 'shown-to-nobody' })
  expect(asked).toEqual([])
  const { token: _, ...told } = made
  device.approved(told)
  expect(device.state.value).toBe('enrolled')
  expect(device.token()).toBe('shown-to-nobody')

  const third = server(() => WAITING)
  await third.device.enrol()
  expect(third.device.token()).toBe('shown-to-nobody')
})

test('[PAIR1] a code that has run out is followed by another', async () => {
  let n = 0
  const { device } = server(() => ({ ...WAITING, code: `code-${++n}` }))
  await device.enrol()
  await device.again()
  expect(device.pairing.value?.code).toBe('code-2')
})

test('[PAIR6] a new token is used from then on and after a restart, and the screen goes on undisturbed', async () => {
  const { device } = server(() => made)
  await device.enrol()
  const before = device.device.value
  device.renew('next')
  expect(device.token()).toBe('next')
  expect(device.device.value).toBe(before)
  const again = server(() => made)
  await again.device.enrol()
  expect(again.device.token()).toBe('next')
})

test('[PAIR7] a screen whose token is not taken asks anew, says which it had, and does so once', async () => {
  let answer: DeviceResponse | PairingResponse = made
  const { asked, device } = server(() => answer)
  await device.enrol()
  answer = { ...WAITING, revoked: true }
  await Promise.all([device.forget(), device.forget()])
  expect(asked).toEqual([null, 'secret'])
  expect(device.state.value).toBe('pairing')
  expect(device.pairing.value?.revoked).toBe(true)
  // Another code, or a restart, does not make a new screen of it.
  await device.again()
  expect(asked.at(-1)).toBe('secret')
})

test('[DEVICE1] a server that is away is not a reason to ask for a supervisor', async () => {
  const { device } = server(() => {
    throw new ApiError('unavailable', 0)
  })
  await device.enrol()
  expect(device.state.value).toBe('failed')
  expect(device.error.value).toBe('unavailable')
})

test('[DEVICE1] a kept token that is broken is asked for anew', async () => {
  kept.set('nuanhao.kiosk', '{"token":')
  const { asked, device } = server(() => made)
  await device.enrol()
  expect(asked).toEqual([null])
  expect(device.state.value).toBe('enrolled')
})
