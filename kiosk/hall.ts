import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import { type Api, ApiError } from '#ui/api.ts'
import type { Device } from '#ui/device.ts'
import { dayAt, untilTomorrow } from '#ui/hours.ts'
import { type LiveHall, watchPublic } from '#ui/live.ts'

/**
 * Hours, settings and given-out numbers change seldom; they are asked for this often, when the board tells of a new revision or
 * day, and when the business day turns, ms. [KIOSK12]
 */
const ASK_AGAIN = 30_000
const ASK_AGAIN_SOON = 3_000

export interface Hall {
  siteId: string
  api: Api
  site: ReadonlySignal<SiteView | null>
  live: LiveHall
  /** The settings as this kiosk itself knows them, while the server is away. */
  remember: (known: SiteView) => void
  /** Asks for the settings now. */
  refresh: () => Promise<void>
  leave: () => void
}

/** The hall this kiosk stands in: its settings, and its board, live. */
export function enterHall({ siteId, device, api }: HallParts): Hall {
  const site = signal<SiteView | null>(null)
  const live = watchPublic({ siteId, screen: device })
  /** The business day the settings were read on. */
  let day = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    try {
      const fresh = await api.site(siteId)
      day = dayAt(live.clock(), fresh)
      site.value = fresh
    } catch (error) {
      const key = error instanceof ApiError ? error.key : null
      // A server that was set up anew does not know this screen: enrol again.
      if (!left && (key === 'unauthenticated' || key === 'unknown-device')) return device.forget()
    }
    if (left) return
    clearTimeout(timer)
    const known = site.value
    const next = known ? Math.min(ASK_AGAIN, untilTomorrow(live.clock(), known)) : ASK_AGAIN_SOON
    timer = setTimeout(refresh, next)
  }

  const stop = effect(() => {
    const board = live.board.value
    const known = site.peek()
    if (board && known && (board.revision !== known.revision || board.day > day)) void refresh()
  })
  void refresh()
  return {
    siteId,
    api,
    site,
    live,
    remember(known) {
      site.value = known
    },
    refresh,
    leave() {
      left = true
      stop()
      clearTimeout(timer)
      live.close()
    },
  }
}

export interface HallParts {
  siteId: string
  device: Device
  api: Api
}
