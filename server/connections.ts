import type { Server, Socket } from 'node:net'

/** How many connections one address holds open at a time: a whole hall, its residents' phones on the same network too. */
export const EACH_ADDRESS = 2_400
/** How many connections a server holds open, whoever they are: what its memory is sure to bear. */
const ALL = 20_000

/**
 * Closes a connection beyond the bounds before anything of it is read. [LIMIT6]
 *
 * @param proxied connections are a proxy's, which keeps residents apart itself: only `ALL` counts
 */
export function boundConnections(server: Server, proxied: boolean): void {
  server.maxConnections = ALL
  if (proxied) return
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress
    if (address === undefined) return
    const others = open.get(address) ?? 0
    if (others >= EACH_ADDRESS) {
      socket.destroy()
      return
    }
    open.set(address, others + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}
