import { placesOf } from '#store/devices.ts'
import type { Io, Screen } from './io.ts'
import type { Parts } from './parts.ts'

/** How often it is looked where the screens that are connected belong, in case word of a move was lost, ms. */
const LOOK = 5_000

/** Tells screens that were given another place, on whichever server that was said. [PAIR8] */
export function followPlaces(io: Io, { hall, logger }: Pick<Parts, 'hall' | 'logger'>): () => void {
  const screensThat = (are: (id: string) => boolean) =>
    [...io.sockets.sockets.values()].filter(
      ({ data }) => data.hello.view === 'public' && are(data.principal.id),
    )

  /** Those of these screens that belong elsewhere by now, and where. */
  async function moved(screens: readonly Screen[]) {
    if (screens.length === 0) return []
    const places = await placesOf(hall.database, [...new Set(screens.map(({ data }) => data.principal.id))])
    return screens.flatMap((socket) => {
      const { principal } = socket.data
      const place = places.get(principal.id)
      const stays =
        !place || !('place' in principal) || JSON.stringify(place) === JSON.stringify(principal.place)
      return stays ? [] : [{ socket, principal, place }]
    })
  }

  async function follow(deviceId: string): Promise<void> {
    for (const { socket, principal, place } of await moved(screensThat((id) => id === deviceId))) {
      socket.data.principal = { ...principal, place }
      socket.emit('placed', place)
    }
  }
  const failed = (error: unknown) =>
    logger.warn({ error }, 'the places of screens were not looked at; trying again')

  /** One after another: no older place is told last. */
  let last = Promise.resolve()
  const stopListening = hall.hints.onMoved((deviceId) => {
    last = last.then(() => follow(deviceId)).catch(failed)
  })
  // Said anew where it was lost, so that what is remembered of the screen goes, too. [PAIR9]
  const timer = setInterval(() => {
    moved(screensThat(() => true)).then((lost) => {
      for (const { principal } of lost) hall.hints.move(principal.id)
    }, failed)
  }, LOOK)
  return () => {
    stopListening()
    clearInterval(timer)
  }
}
