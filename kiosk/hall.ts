import { type ReadonlySignal, signal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { type Api, ApiError } from '#ui/api.ts'
import type { Device } from '#ui/device.ts'
import { type LiveBoard, watchPublic } from '#ui/live.ts'

/** Opening hours and settings change seldom; they are asked for this often, and when the board says so, ms. */
const ASK_AGAIN = 30_000
const ASK_AGAIN_SOON = 3_000

export interface Hall {
  site: ReadonlySignal<SiteView | null>
  live: LiveBoard<PublicBoard>
  /** Asks for the settings now. */
  refresh: () => Promise<void>
  leave: () => void
}

/** The hall this kiosk stands in: its settings, and its board, live. */
export function enterHall({ siteId, token, device, api }: HallParts): Hall {
  const site = signal<SiteView | null>(null)
  const live = watchPublic({
    siteId,
    token,
    onEvent: ({ revision }) => revision !== site.value?.revision && refresh(),
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    try {
      site.value = await api.site(siteId)
    } catch (error) {
      const key = error instanceof ApiError ? error.key : null
      // A server that was set up anew does not know this screen: enrol again.
      if (!left && (key === 'unauthenticated' || key === 'unknown-device')) return device.forget()
    }
    if (!left) timer = setTimeout(refresh, site.value ? ASK_AGAIN : ASK_AGAIN_SOON)
  }

  void refresh()
  return {
    site,
    live,
    refresh,
    leave() {
      left = true
      clearTimeout(timer)
      live.close()
    },
  }
}

export interface HallParts {
  siteId: string
  token: string
  device: Device
  api: Api
}
