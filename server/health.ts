import { printerOf } from '#domain/printer.ts'
import type { Site } from '#domain/site.ts'
import type { DeviceItem } from '#protocol/device.ts'
import type { DeviceReport } from '#protocol/events.ts'
import { contact, keepReports, type Report } from '#store/contact.ts'
import { devicesOf } from '#store/devices.ts'
import { printerStates } from '#store/print-jobs.ts'
import { isLatest, latestBuilds } from './builds.ts'
import type { Io, Screen } from './io.ts'
import type { Parts } from './parts.ts'
import { may } from './policy.ts'

/** How often reports are written down, and whoever looks is told, ms. */
const LOOK = 1_000
/** A screen that was heard of within this is there, ms: what is written down is coarser than a heartbeat. */
const THERE_WITHIN = 60_000

const BUILDS = latestBuilds()

/** The screens of a site and how they are. [HEALTH3] */
export async function screensOf(site: Site, { hall }: Pick<Parts, 'hall'>): Promise<DeviceItem[]> {
  const rows = await devicesOf(hall.database, site.id)
  const printers = await printerStates(hall.database, site.id)
  const now = hall.now()
  return rows.map(({ build, error, errorAt, ...row }) => {
    const printer = row.kind === 'kiosk' ? printerOf(site.printers, row.name) : null
    return {
      ...row,
      online: row.seenAt !== null && now - row.seenAt < THERE_WITHIN,
      build: build === null ? null : { name: build, latest: isLatest(BUILDS, row.kind, build) },
      error: error === null || errorAt === null ? null : { name: error, at: errorAt },
      printer:
        printer === null || printer.address === 'browser'
          ? null
          : { id: printer.id, state: printers.get(printer.id)?.state ?? 'unknown' },
    }
  })
}

/** Keeps what screens say of themselves, and tells whoever may see them how they are, on whichever server they are. [HEALTH2] [HEALTH3] */
export function watchHealth(
  io: Io,
  siteNow: (siteId: string) => Promise<Site | null>,
  parts: Pick<Parts, 'hall' | 'logger'>,
) {
  const { hall, logger } = parts
  let reports = new Map<string, Report>()
  /** What each page was told last: nothing is said twice. */
  const told = new WeakMap<Screen, string>()

  async function look(): Promise<void> {
    const said = [...reports.values()]
    reports = new Map()
    await keepReports(hall.database, said, hall.now())
    // Whoever has just come is there at once, and not only when all are written down.
    await contact(
      hall.database,
      said.map(({ id }) => id),
      hall.now(),
    )
    const lookers = [...io.sockets.sockets.values()].filter(
      ({ data: { principal } }) => principal.kind === 'staff' && may(principal, 'read-devices'),
    )
    for (const siteId of new Set(lookers.map(({ data }) => data.principal.siteId))) {
      const site = siteId === null ? null : await siteNow(siteId)
      if (!site) continue
      const screens = await screensOf(site, parts)
      // That there was word of it once more is no news.
      const news = JSON.stringify(screens.map((one) => (one.online ? { ...one, seenAt: null } : one)))
      for (const socket of lookers) {
        if (socket.data.principal.siteId !== siteId || told.get(socket) === news) continue
        told.set(socket, news)
        socket.emit('devices', screens)
      }
    }
  }

  let looking = false
  const safely = () => {
    if (looking) return
    looking = true
    look()
      .catch((error) => logger.warn({ error }, 'the screens were not looked at; trying again'))
      .finally(() => {
        looking = false
      })
  }
  const timer = setInterval(safely, LOOK)
  return {
    look: safely,
    stop: () => clearInterval(timer),
    /** What a screen of the hall said; of anybody else it is nothing. [HEALTH1] */
    heard({ data: { principal, hello } }: Screen, { clock, build, error }: DeviceReport): void {
      if (hello.view !== 'public') return
      const { id } = principal
      reports.set(id, {
        ...{ id, build, skew: clock - hall.now() },
        error: error ?? reports.get(id)?.error ?? null,
      })
    },
  }
}
