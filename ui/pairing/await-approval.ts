import { type ReadonlySignal, signal } from '@preact/signals'
import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '#protocol/events.ts'
import type { Device, Waiting } from '../device.ts'

/** A refused handshake is tried again after this, ms. */
const AGAIN = 3_000

/** Waits at the server until the screen is approved, or its code has run out: then there is another. [PAIR1] [PAIR2] */
export function awaitApproval(
  { secret, seconds }: Waiting,
  device: Pick<Device, 'approved' | 'again'>,
): { lost: ReadonlySignal<boolean>; stop: () => void } {
  const lost = signal(false)
  const socket: Socket<ServerEvents, ClientEvents> = io({
    auth: { view: 'pairing', token: secret },
    reconnectionDelayMax: 5_000,
  })
  let retry: ReturnType<typeof setTimeout> | undefined
  const over = setTimeout(() => void device.again(), (seconds ?? Number.POSITIVE_INFINITY) * 1_000)
  if (seconds === undefined) clearTimeout(over)

  socket.on('connect', () => {
    lost.value = false
  })
  socket.on('disconnect', () => {
    lost.value = true
  })
  socket.on('paired', (as) => {
    stop()
    device.approved(as)
  })
  socket.on('connect_error', ({ message }) => {
    if (message === 'unauthenticated') {
      stop()
      return void device.again()
    }
    lost.value = true
    if (!socket.active) retry = setTimeout(() => socket.connect(), AGAIN)
  })

  function stop(): void {
    clearTimeout(over)
    clearTimeout(retry)
    socket.disconnect()
  }
  return { lost, stop }
}
