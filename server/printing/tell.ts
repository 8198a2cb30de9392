import { printerOf } from '#domain/printer.ts'
import type { Site } from '#domain/site.ts'
import type { KioskPrinter, PrinterView } from '#protocol/printing.ts'
import { endedPrints, printerStates } from '#store/print-jobs.ts'
import type { Io, Screen } from '../io.ts'
import type { Parts } from '../parts.ts'
import { may } from '../policy.ts'

/** What became of a paper is told for this long, ms: a kiosk that comes back after a moment hears of it too. */
const TOLD_FOR = 10_000

/** Tells each kiosk how its printer is, people how all printers are, and whoever may print what became of the papers they asked for. [PRINT9] */
export function printingTeller(io: Io, { hall }: Pick<Parts, 'hall'>): (site: Site) => Promise<void> {
  /** What each screen was told last: nothing is said twice. */
  const told = new WeakMap<Screen, Map<string, string>>()

  function news(socket: Screen, about: string, content: unknown): boolean {
    const known = told.get(socket) ?? new Map<string, string>()
    const words = JSON.stringify(content)
    if (known.get(about) === words) return false
    told.set(socket, known.set(about, words))
    return true
  }

  return async (site) => {
    const screens = [...io.sockets.sockets.values()].filter(
      ({ data }) => data.principal.siteId === site.id && data.hello.view !== 'ticket',
    )
    if (screens.length === 0) return
    const states = await printerStates(hall.database, site.id)
    const ended = await endedPrints(hall.database, site.id, hall.now() - TOLD_FOR)
    const stateOf = (id: string) => states.get(id)?.state ?? 'unknown'
    const printers: PrinterView[] = site.printers
      .filter(({ address }) => address !== 'browser')
      .map(({ id, kiosks }) => ({ id, kiosks, state: stateOf(id) }))
    const tellPapers = (socket: Screen, asker: string | null) => {
      for (const { deviceId, ...word } of ended) {
        if (deviceId === asker && news(socket, word.jobId, word)) socket.emit('paper', word)
      }
    }
    for (const socket of screens) {
      const { principal } = socket.data
      if (principal.kind === 'staff') {
        if (news(socket, 'printers', printers)) socket.emit('printers', printers)
        if (may(principal, 'print')) tellPapers(socket, null)
      } else if (principal.kind === 'kiosk') {
        const own = printerOf(site.printers, principal.name)
        const how = own?.address === 'browser' ? 'browser' : 'network'
        const printer: KioskPrinter | null = own && {
          how,
          state: stateOf(own.id),
          paper: own.paper,
        }
        if (news(socket, 'printer', printer)) socket.emit('printer', printer)
        tellPapers(socket, principal.id)
      }
    }
  }
}
