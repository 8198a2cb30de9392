import { devicesByHash } from '#store/devices.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

/** How often screens that wait are looked for among those that were approved, on whichever server, ms. */
const LOOK = 500

/** Tells screens that wait what they were approved as. [PAIR2] */
export function tellPaired(io: Io, { hall, logger }: Pick<Parts, 'hall' | 'logger'>): () => void {
  async function look(): Promise<void> {
    const waiting = [...io.sockets.sockets.values()].filter(({ data }) => data.hello.view === 'pairing')
    if (waiting.length === 0) return
    const approved = await devicesByHash(
      hall.database,
      waiting.map(({ data }) => data.credential),
    )
    for (const { hash, ...device } of approved) {
      for (const socket of waiting) {
        if (socket.data.credential !== hash) continue
        socket.emit('paired', device)
        socket.disconnect()
      }
    }
  }
  let looking = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look()
      .catch((error) => logger.warn({ error }, 'screens that wait were not looked at; trying again'))
      .finally(() => {
        looking = false
      })
  }, LOOK)
  return () => clearInterval(timer)
}
