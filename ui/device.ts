import { type ReadonlySignal, signal } from '@preact/signals'
import type { DeviceKind, DeviceResponse, DeviceView, PairingResponse } from '#protocol/device.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { createApi, errorKeyOf } from './api.ts'

/** Whether this screen is known to the server. `pairing`: a supervisor is to approve it by the code it shows. */
export type Enrolment = 'enrolling' | 'enrolled' | 'pairing' | 'failed'

/** What a screen shows and keeps while it waits. After a reload it is not known how long the code is still good. */
export type Waiting = Omit<PairingResponse, 'seconds'> & { seconds?: number }

export interface Device {
  state: ReadonlySignal<Enrolment>
  /** The screen's own record, once enrolled; its token as it was then. */
  device: ReadonlySignal<DeviceResponse | null>
  pairing: ReadonlySignal<Waiting | null>
  /** Why the last try failed. */
  error: ReadonlySignal<ErrorKey | null>
  /** The screen's token as it is now. */
  token: () => string | null
  /** Finds the kept token, or asks to be let in: a demo hall lets in anyone, elsewhere a supervisor approves. */
  enrol: () => Promise<void>
  /** The code is not good any more: asks for another. */
  again: () => Promise<void>
  /** It was approved: its secret is its token. */
  approved: (as: DeviceView) => void
  /** The token from now on. */
  renew: (token: string) => void
  /** It belongs there from now on. [PAIR8] */
  placed: (place: DeviceView['place']) => void
  /** The token is not taken any more: asks to be let in again. */
  forget: () => Promise<void>
}

/** What is kept: the record with the token; while there is none, the code and secret it waits with, and the token it had. */
type Kept = DeviceResponse | { waiting: Waiting | null; was: string | null }

/** This screen's enrolment, kept in localStorage as `nuanhao.kiosk`, `nuanhao.display` or `nuanhao.pad`. [DEVICE1] */
export function createDevice(kind: DeviceKind, api = createApi()): Device {
  const place = `nuanhao.${kind}`
  const state = signal<Enrolment>('enrolling')
  const device = signal<DeviceResponse | null>(null)
  const pairing = signal<Waiting | null>(null)
  const error = signal<ErrorKey | null>(null)
  let token: string | null = null
  let was: string | null = null

  function keep(kept: Kept): void {
    try {
      localStorage.setItem(place, JSON.stringify(kept))
    } catch {
      // Without storage the screen works until it is reloaded.
    }
  }

  function take(found: DeviceResponse): void {
    token = found.token
    was = null
    pairing.value = null
    device.value = found
    error.value = null
    state.value = 'enrolled'
  }

  function wait(waiting: Waiting): void {
    pairing.value = waiting
    error.value = null
    state.value = 'pairing'
  }

  async function ask(): Promise<void> {
    try {
      const answer = await api.enrol(kind, was)
      if ('token' in answer) {
        keep(answer)
        return take(answer)
      }
      const { seconds: _, ...waiting } = answer
      keep({ waiting, was })
      wait(answer)
    } catch (thrown) {
      error.value = errorKeyOf(thrown)
      state.value = 'failed'
    }
  }

  async function enrol(): Promise<void> {
    const kept = read(place)
    if (kept && 'token' in kept) return take(kept)
    was = kept?.was ?? was
    if (kept?.waiting) return wait(kept.waiting)
    error.value = null
    state.value = 'enrolling'
    await ask()
  }

  return {
    state,
    device,
    pairing,
    error,
    token: () => token,
    enrol,
    async again() {
      keep({ waiting: null, was })
      await ask()
    },
    approved(as) {
      const secret = pairing.peek()?.secret
      if (secret === undefined) return
      const made = { ...as, token: secret }
      keep(made)
      take(made)
    },
    renew(next) {
      const record = device.peek()
      if (!record) return
      token = next
      keep({ ...record, token })
    },
    placed(place) {
      const record = device.peek()
      if (!record || JSON.stringify(record.place) === JSON.stringify(place)) return
      const moved = { ...record, place, token: token ?? record.token }
      keep(moved)
      device.value = moved
    },
    async forget() {
      // Whoever notices first: the socket or a request.
      if (device.peek() === null) return
      was = token ?? was
      token = null
      keep({ waiting: null, was })
      device.value = null
      await enrol()
    },
  }
}

function read(place: string): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(place) ?? 'null')
    if (found?.token && found.siteId) return found
    return found?.waiting || found?.was ? found : null
  } catch {
    return null
  }
}
