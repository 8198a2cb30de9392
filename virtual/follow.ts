import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '#protocol/events.ts'
import type { Crowd } from './crowd.ts'

/** Tells the crowd what others do in the hall, as a console is told. */
export function followHall(url: string, crowd: Crowd, onNews: () => void): { close(): void } {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    transports: ['websocket'],
    forceNew: true,
    auth: (hello) => hello({ view: 'staff', siteId: crowd.site.id, after: crowd.seq }),
    extraHeaders: { cookie: crowd.cookie },
  })
  socket.on('staff:event', (event) => {
    crowd.hear(event)
    onNews()
  })
  return { close: () => void socket.disconnect() }
}
