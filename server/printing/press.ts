import { Counter } from 'prom-client'
import { GIVE_UP_AFTER, mayPrint, type Printer, type PrinterState } from '#domain/printer.ts'
import type { Site } from '#domain/site.ts'
import {
  claimPrinter,
  endPrint,
  giveUpPrints,
  type PrintJob,
  printerStates,
  printersWanted,
  releasePrinter,
  sitesToPrint,
  takePrint,
} from '#store/print-jobs.ts'
import { siteOf } from '#store/sites.ts'
import type { Parts } from '../parts.ts'
import { Connection, NoPrinterThere, Unreachable } from './connection.ts'
import { pictureJob, textJob } from './escpos.ts'
import { rowsOf } from './picture.ts'
import { openPicture } from './sealed-picture.ts'
import { ticketSlip } from './ticket-slip.ts'

/** What is waiting is looked for this often anyway, ms: a hint may be lost, and a server that printed may be gone. */
const LOOK = 1_000
/** A printer that nobody prints on is asked how it is this often, ms, while any screen of its hall is here. [PRINT9] */
const ASK = 5_000
/** One server speaks with a printer for at most this long, ms; no conversation takes half of it. */
const CLAIM = 60_000
/** After this long no further paper is begun in one conversation, ms. */
const STAY = 20_000
/** A paper that may have come out so often is not sent again by itself. */
const ATTEMPTS = 3

export interface Press {
  /** Looks what there is to do at a site, now. */
  look(siteId: string): Promise<void>
  stop(): Promise<void>
}

interface Watcher {
  /** Sites with a screen here. */
  sites: () => readonly string[]
  /** How printers are, or what became of papers, may have changed. */
  tell: (site: Site) => Promise<void>
}

/**
 * Prints what is to be printed, and knows how the printers are. Any number of servers do it together: one at a time speaks
 * with a printer, by a claim in the truth, and goes on with what another has left. Nothing waits for it. [PRINT2]
 */
export function startPress(parts: Parts, { sites, tell }: Watcher): Press {
  const { hall, logger, registry, environment } = parts
  const papers = new Counter({
    name: 'nuanhao_papers_total',
    help: 'Paper tickets by what became of them',
    labelNames: ['outcome'] as const,
    registers: [registry],
  })
  /** Printers that are nowhere a printer stands: said once. */
  const warned = new Set<string>()
  /** Conversations under way, by printer. */
  const underWay = new Map<string, Promise<void>>()
  const looking = new Map<string, Promise<void>>()
  const again = new Set<string>()
  let stopped = false

  async function pass(): Promise<void> {
    for (const { siteId, revision } of await sitesToPrint(hall.database, sites()))
      await look(siteId, revision)
  }

  /** One look at a site at a time; what is asked meanwhile is one more. */
  function look(siteId: string, revision = 0): Promise<void> {
    const running = looking.get(siteId)
    if (running) {
      again.add(siteId)
      return running
    }
    const started = lookOnce(siteId, revision).finally(() => {
      looking.delete(siteId)
      if (again.delete(siteId) && !stopped) void look(siteId).catch(unreadable)
    })
    looking.set(siteId, started)
    return started
  }

  async function lookOnce(siteId: string, revision: number): Promise<void> {
    const site = await siteOf(hall.database, siteId, revision)
    const now = hall.now()
    const lost = await giveUpPrints(hall.database, siteId, now - GIVE_UP_AFTER, now)
    if (lost > 0) papers.inc({ outcome: 'given-up' }, lost)
    if (site.printers.length > 0) {
      const [wanted, states] = [
        await printersWanted(hall.database, siteId),
        await printerStates(hall.database, siteId),
      ]
      for (const printer of site.printers) {
        const asked = states.get(printer.id)?.at ?? 0
        // Either way: a clock that was set back must not silence the printers.
        const due = sites().includes(siteId) && Math.abs(now - asked) >= ASK
        // A printer in trouble is asked again with every look of the clock, not at once.
        const rests = !mayPrint(states.get(printer.id)?.state ?? 'unknown') && Math.abs(now - asked) < LOOK
        const has = wanted.has(printer.id) && !rests
        if (printer.address !== 'browser' && (has || due)) begin(site, printer)
      }
    }
    await tell(site)
  }

  function begin(site: Site, printer: Printer): void {
    const name = `${site.id} ${printer.id}`
    if (stopped || underWay.has(name)) return
    const talk = converse(site, printer)
      .catch((error) => logger.error({ error, printer: printer.id }, 'printing failed'))
      .finally(() => {
        underWay.delete(name)
        // What has come meanwhile is printed, and what has become of all this is told.
        if (!stopped) void look(site.id).catch(unreadable)
      })
    underWay.set(
      name,
      talk.then(() => undefined),
    )
  }

  /** Asks a printer how it is, and prints all that waits for it while it is well. */
  async function converse(site: Site, printer: Printer): Promise<void> {
    const began = hall.now()
    const until = began + CLAIM
    if (!(await claimPrinter(hall.database, site.id, printer.id, began, until))) return
    let state: PrinterState = 'offline'
    try {
      state = await printAll(site, printer, began)
    } finally {
      const now = hall.now()
      const before = await releasePrinter(hall.database, site.id, printer.id, until, state, now)
      if (before !== null && before !== state) {
        const level = mayPrint(state) ? 'info' : 'warn'
        logger[level]({ siteId: site.id, printer: printer.id, state }, 'a printer is otherwise than before')
      }
    }
  }

  async function printAll(site: Site, printer: Printer, began: number): Promise<PrinterState> {
    if (printer.address === 'browser') throw new Error('a browser is no printer of ours')
    let connection: Connection
    try {
      connection = await Connection.open(printer.address, environment.PRINTER_ALLOW)
    } catch (error) {
      if (error instanceof NoPrinterThere && !warned.has(printer.id)) {
        warned.add(printer.id)
        logger.warn(
          { siteId: site.id, printer: printer.id },
          'a printer is not asked: its address is none of the hall’s network at ports 9100 to 9109; list it in PRINTER_ALLOW',
        )
      }
      if (error instanceof Unreachable) return 'offline'
      throw error
    }
    try {
      let state = await connection.state()
      while (mayPrint(state) && !stopped && Math.abs(hall.now() - began) < STAY) {
        const job = await takePrint(hall.database, site.id, printer.id, hall.now() - GIVE_UP_AFTER)
        if (!job) break
        state = await printOne(connection, site, printer, job)
      }
      return state
    } finally {
      connection.close()
    }
  }

  async function printOne(
    connection: Connection,
    site: Site,
    printer: Printer,
    job: PrintJob,
  ): Promise<PrinterState> {
    if (job.attempts > ATTEMPTS) {
      await endPrint(hall.database, job.id, 'given-up', hall.now())
      papers.inc({ outcome: 'given-up' })
      return connection.state()
    }
    const { printed, state } = await connection.print(await bytesOf(site, printer, job))
    if (printed) {
      await endPrint(hall.database, job.id, 'printed', hall.now())
      papers.inc({ outcome: job.attempts > 1 ? 'printed-again' : 'printed' })
    }
    return state
  }

  async function bytesOf(site: Site, printer: Printer, job: PrintJob): Promise<Buffer> {
    const drawn = job.picture === null ? null : openPicture(job.picture, job, parts.keys)
    const rows = drawn === null ? null : rowsOf(drawn, printer.paper)
    if (!rows) return textJob(await ticketSlip(parts, site, job, printer.paper))
    return pictureJob(rows, printer.paper, job.attempts > 1)
  }

  const unreadable = (error: unknown) =>
    logger.warn({ error }, 'printing could not be looked at; trying again')
  const stopListening = hall.hints.listen(({ siteId, event }) => {
    // Of another process's hint only the site is known.
    if (event === null || event.type === 'ticket:issued') void look(siteId).catch(unreadable)
  })
  let passing: Promise<void> | null = null
  const timer = setInterval(() => {
    passing ??= pass()
      .catch(unreadable)
      .finally(() => {
        passing = null
      })
  }, LOOK)

  return {
    look,
    stop: async () => {
      stopped = true
      stopListening()
      clearInterval(timer)
      await passing
      await Promise.allSettled([...looking.values(), ...underWay.values()])
    },
  }
}
