import { type ReadonlySignal, signal } from '@preact/signals'
import type { DeviceResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { ApiError, createApi } from './api.ts'

/** Whether this screen is known to the server. `set-up`: a supervisor has to sign in on it once. */
export type Enrolment = 'enrolling' | 'enrolled' | 'set-up' | 'failed'

export interface Device {
  state: ReadonlySignal<Enrolment>
  /** The screen's own record and token, once enrolled. */
  device: ReadonlySignal<DeviceResponse | null>
  /** Why the last try failed. */
  error: ReadonlySignal<ErrorKey | null>
  token: () => string | null
  /** Finds the kept token, or asks for one: a demo hall gives it to anyone. */
  enrol: () => Promise<void>
  /** A supervisor signs in here; the screen is enrolled and signs out again. */
  signInAndEnrol: (username: string, password: string) => Promise<void>
  /** Drops the token and starts over. */
  forget: () => Promise<void>
}

/** This screen's enrolment. The token is kept in localStorage as `nuanhao.kiosk` or `nuanhao.display`. [DEVICE1] */
export function createDevice(kind: DeviceResponse['kind'], api = createApi()): Device {
  const kept = `nuanhao.${kind}`
  const state = signal<Enrolment>('enrolling')
  const device = signal<DeviceResponse | null>(null)
  const error = signal<ErrorKey | null>(null)

  function take(found: DeviceResponse): void {
    device.value = found
    error.value = null
    state.value = 'enrolled'
  }

  async function ask(): Promise<void> {
    const made = await api.enrol(kind)
    try {
      localStorage.setItem(kept, JSON.stringify(made))
    } catch {
      // Without storage the screen works until it is reloaded.
    }
    take(made)
  }

  async function enrol(): Promise<void> {
    state.value = 'enrolling'
    error.value = null
    const found = read(kept)
    if (found) return take(found)
    try {
      await ask()
    } catch (thrown) {
      const key = keyOf(thrown)
      const needsSupervisor = key === 'unauthenticated' || key === 'forbidden'
      error.value = needsSupervisor ? null : key
      state.value = needsSupervisor ? 'set-up' : 'failed'
    }
  }

  return {
    state,
    device,
    error,
    token: () => device.value?.token ?? null,
    enrol,
    async signInAndEnrol(username, password) {
      error.value = null
      try {
        await api.signIn(username, password)
        // Signed out whatever happens: a supervisor's session must not stay on a public screen.
        await ask().finally(() => api.signOut().catch(() => undefined))
      } catch (thrown) {
        error.value = keyOf(thrown)
      }
    },
    async forget() {
      try {
        localStorage.removeItem(kept)
      } catch {
        // Nothing was kept.
      }
      device.value = null
      await enrol()
    },
  }
}

function read(kept: string): DeviceResponse | null {
  try {
    const found = JSON.parse(localStorage.getItem(kept) ?? 'null') as Partial<DeviceResponse> | null
    return found?.token && found.siteId ? (found as DeviceResponse) : null
  } catch {
    return null
  }
}

function keyOf(thrown: unknown): ErrorKey {
  return thrown instanceof ApiError ? thrown.key : 'internal'
}
