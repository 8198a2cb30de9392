import type { Place } from '#protocol/device.ts'
import { standingOf } from '#store/devices.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'
import type { Principal } from './principal.ts'

/** How often it is looked where the screens that are connected belong, in case word of it was lost, ms. */
const LOOK = 2_000

/**
 * Tells screens that were given another place, on whichever server that was said. Where the word was lost, or came before a screen was
 * let in, it is said anew, so that what is remembered of the screen goes, too; and so it is for those that were switched off. Screens
 * that are still there by a token that is good no more are cut, and come back by their new one. [PAIR7] [PAIR8] [PAIR9] [PAIR10]
 */
export function watchDevices(io: Io, { hall, logger }: Pick<Parts, 'hall' | 'logger'>): () => void {
  const screens = () => [...io.sockets.sockets.values()].filter(({ data }) => data.hello.view === 'public')

  async function follow(deviceId: string): Promise<void> {
    const own = screens().filter(({ data }) => data.principal.id === deviceId)
    if (own.length === 0) return
    const place = (await standingOf(hall.database, [deviceId], hall.now())).get(deviceId)?.place
    for (const socket of own) {
      const { principal } = socket.data
      if (!place || !isElsewhere(principal, place)) continue
      socket.data.principal = { ...principal, place }
      socket.emit('placed', place)
    }
  }

  async function look(): Promise<void> {
    const all = screens()
    if (all.length === 0) return
    const ids = [...new Set(all.map(({ data }) => data.principal.id))]
    const standing = await standingOf(hall.database, ids, hall.now())
    for (const { data } of all) {
      const now = standing.get(data.principal.id)
      if (!now) hall.hints.revoke(data.credential)
      else if (!now.hashes.includes(data.credential)) hall.hints.recheck(data.credential)
      else if (isElsewhere(data.principal, now.place)) hall.hints.move(data.principal.id)
    }
  }

  const failed = (error: unknown) => logger.warn({ error }, 'screens were not looked at; trying again')
  /** One after another: no older place is told last. */
  let last = Promise.resolve()
  const stopListening = hall.hints.onMoved((deviceId) => {
    last = last.then(() => follow(deviceId)).catch(failed)
  })
  const timer = setInterval(() => void look().catch(failed), LOOK)
  return () => {
    stopListening()
    clearInterval(timer)
  }
}

function isElsewhere(
  principal: Principal,
  place: Place | null,
): principal is Extract<Principal, { place: unknown }> {
  return 'place' in principal && place !== null && JSON.stringify(place) !== JSON.stringify(principal.place)
}
