import type { Server, Socket } from 'socket.io'
import type { ClientEvents, Hello, ServerEvents } from '#protocol/events.ts'
import type { Principal } from './principal.ts'

/** What is known of a connected screen. */
interface SocketData {
  principal: Principal
  hello: Hello
  /** Hash of the secret it came with: revoked, the socket is cut. */
  credential: string
}

/** The sockets, typed both ways. */
export type Io = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>
export type Screen = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>
