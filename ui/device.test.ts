import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DeviceResponse } from '#protocol/api.ts'
import { ApiError, createApi } from './api.ts'
import { createDevice } from './device.ts'

const made: DeviceResponse = { id: 'd1', kind: 'kiosk', siteId: 'hall', name: 'K1', token: 'secret' }
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

/** A server that enrols as `enrol` says, and notes what it is asked. */
function server(enrol: (signedIn: boolean) => DeviceResponse) {
  const asked: string[] = []
  let signedIn = false
  const api = {
    ...createApi(),
    enrol: async () => {
      asked.push('enrol')
      return enrol(signedIn)
    },
    signIn: async (_: string, password: string) => {
      asked.push('sign in')
      if (password !== 'good') throw new ApiError('wrong-credentials', 401)
      signedIn = true
      return {} as Awaited<ReturnType<ReturnType<typeof createApi>['signIn']>>
    },
    signOut: async () => {
      asked.push('sign out')
      signedIn = false
    },
  }
  return { asked, device: createDevice('kiosk', api) }
}
const supervised = (signedIn: boolean): DeviceResponse => {
  if (!signedIn) throw new ApiError('unauthenticated', 401)
  return made
}

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

test('[DEVICE1] elsewhere a supervisor signs in once, and is signed out again', async () => {
  const { asked, device } = server(supervised)
  await device.enrol()
  expect(device.state.value).toBe('set-up')
  expect(device.error.value).toBe(null)
  await device.signInAndEnrol('supervisor', 'good')
  expect(device.state.value).toBe('enrolled')
  expect(asked).toEqual(['enrol', 'sign in', 'enrol', 'sign out'])
})

test('[DEVICE1] a supervisor is signed out also when the screen is refused', async () => {
  const { asked, device } = server(() => {
    throw new ApiError('forbidden', 403)
  })
  await device.enrol()
  await device.signInAndEnrol('counter1', 'good')
  expect(device.state.value).toBe('set-up')
  expect(device.error.value).toBe('forbidden')
  expect(asked.at(-1)).toBe('sign out')
})

test('[DEVICE1] a wrong password is said, and nothing is enrolled', async () => {
  const { asked, device } = server(supervised)
  await device.enrol()
  await device.signInAndEnrol('supervisor', 'bad')
  expect(device.error.value).toBe('wrong-credentials')
  expect(asked).toEqual(['enrol', 'sign in'])
})

test('[DEVICE1] a server that is away is not a reason to ask for a supervisor', async () => {
  const { device } = server(() => {
    throw new ApiError('unavailable', 0)
  })
  await device.enrol()
  expect(device.state.value).toBe('failed')
  expect(device.error.value).toBe('unavailable')
})

test('[DEVICE1] a kept token that is broken is asked for anew; forgetting drops it', async () => {
  kept.set('nuanhao.kiosk', '{"token":')
  const { asked, device } = server(() => made)
  await device.enrol()
  await device.forget()
  expect(asked).toEqual(['enrol', 'enrol'])
})
