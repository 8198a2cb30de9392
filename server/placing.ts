import { placesOf } from '#store/devices.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

/** How often it is looked where the screens that are connected belong, ms. */
const LOOK = 1_000

/** Tells screens that were given another place, on whichever server that was said. [PAIR8] */
export function followPlaces(io: Io, { hall, logger }: Pick<Parts, 'hall' | 'logger'>): () => void {
  async function look(): Promise<void> {
    const screens = [...io.sockets.sockets.values()].filter(({ data }) => data.hello.view === 'public')
    if (screens.length === 0) return
    const places = await placesOf(hall.database, [...new Set(screens.map(({ data }) => data.principal.id))])
    for (const socket of screens) {
      const { principal } = socket.data
      const place = places.get(principal.id)
      if (!('place' in principal) || place === undefined) continue
      if (JSON.stringify(place) === JSON.stringify(principal.place)) continue
      socket.data.principal = { ...principal, place }
      socket.emit('placed', place)
    }
  }
  let looking = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look()
      .catch((error) => logger.warn({ error }, 'the places of screens were not looked at; trying again'))
      .finally(() => {
        looking = false
      })
  }, LOOK)
  return () => clearInterval(timer)
}
