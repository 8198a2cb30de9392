// The baseline of row (c): a Socket.io server with the product's options that knows nothing but one room.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import type { PublicEvent, ServerEvents } from '#protocol/events.ts'
import { monotonic } from './clock.ts'
import { serve } from './remote.ts'

const http = createServer()
const io = new Server<Record<string, never>, ServerEvents>(http, {
  maxHttpBufferSize: 16 * 1024,
  serveClient: false,
  perMessageDeflate: false,
})
io.on('connection', (socket) => socket.join('public'))

const methods = {
  start: async () => {
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  },
  /** Tells the room. @returns when, on the monotonic clock, ms */
  tell: async (event: PublicEvent) => {
    const at = monotonic()
    io.to('public').emit('public:event', event)
    return at
  },
}

export type BareProcess = typeof methods

serve(methods)
