import { type FirstPrintState, KIOSK_REPRINTS_WITHIN, OWN_BROWSER, type Printer } from '#domain/printer.ts'
import type { Site } from '#domain/site.ts'
import type { PictureRequest, PrintAnswer, PrintRequest } from '#protocol/printing.ts'
import { KeyReused } from '#store/commit.ts'
import { wasOffered } from '#store/identity.ts'
import { firstPrint, insertReprint, type PrintJob, takePicture, undrawnPrint } from '#store/print-jobs.ts'
import { legOfTicket, visitOf } from '#store/tickets.ts'
import type { Parts } from '../parts.ts'
import { placeOf } from '../place.ts'
import { type Principal, principalName } from '../principal.ts'
import { rowsOf } from '../printing/picture.ts'
import { sealPicture } from '../printing/sealed-picture.ts'
import { printerBeside, ticketSlip, willBeDrawn } from '../printing/ticket-slip.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { idOfTries } from '../tried-again.ts'
import { ownSite } from './sites.ts'

/** POST /tickets/:id/print: once more, for whoever has lost their paper or never got one; or why. [PRINT8] [DESK5] */
export async function printAgain(
  { params, body, principal, author }: Asked<{ ticket: string }, unknown, PrintRequest>,
  parts: Parts,
): Promise<Answer> {
  const { hall } = parts
  const ticket = await legOfTicket(hall.database, params.ticket)
  if (!ticket || ticket.siteId !== principal.siteId) throw new Fault('unknown-ticket')
  const site = await ownSite(principal, ticket.siteId, parts)
  const first = await firstPrint(hall.database, params.ticket)
  if (principal.kind === 'kiosk') {
    if (body.what !== undefined || body.here !== undefined) throw new Fault('forbidden')
    // Who stands there may be anybody: only what this kiosk has just issued, or has just offered back to its resident.
    const since = hall.now() - KIOSK_REPRINTS_WITHIN
    const issued = first?.deviceId === principal.id && ticket.arrivedAt >= since
    if (!issued && !(await wasOffered(hall.database, params.ticket, principalName(principal), since))) {
      throw new Fault('forbidden')
    }
  }
  const printer = body.here ? OWN_BROWSER : printerFor(site, principal, first)
  if (!printer) throw new Fault('no-printer')
  const place = body.what === 'why' ? await placeOf(ticket, parts) : null
  const visit = await visitOf(hall.database, params.ticket)
  const services = (visit?.legs ?? []).flatMap(({ serviceId, next }) => [serviceId, ...next])
  const wanted = {
    // The same key is the same paper.
    id: idOfTries(author.principal, author.key),
    siteId: site.id,
    ticketId: params.ticket,
    printerId: printer.id,
    deviceId: principal.kind === 'kiosk' ? principal.id : null,
    state: firstState(printer, site, services, ticket.language),
    why: place,
  }
  const job = await insertReprint(hall.database, wanted, hall.now(), author)
  if (!job) throw new KeyReused()
  hall.hints.say({ siteId: site.id, event: null })
  return { status: 202, body: await printAnswer(parts, site, printer, job) }
}

/** POST /print-jobs/:job/picture: a screen has drawn what the printer cannot write. [PRINT5] */
export async function addPicture(
  { params, body, principal }: Asked<{ job: string }, unknown, PictureRequest>,
  parts: Parts,
): Promise<Answer> {
  const { database, hints } = parts.hall
  if (principal.siteId === null) throw new Fault('not-found')
  const site = await ownSite(principal, principal.siteId, parts)
  const device = principal.kind === 'kiosk' ? principal.id : null
  const job = await undrawnPrint(database, site.id, params.job, device)
  const printer = site.printers.find(({ id }) => id === job?.printerId)
  if (!job || !printer) throw new Fault('not-found')
  if (!rowsOf(body.rows, printer.paper))
    throw new Fault('malformed', { at: 'rows', problem: 'invalid_format' })
  await takePicture(database, job.id, sealPicture(body.rows, job, parts.keys))
  hints.say({ siteId: site.id, event: null })
  return { status: 204 }
}

/** How a ticket's paper begins. */
export function firstState(
  printer: Printer,
  site: Site,
  serviceIds: readonly string[],
  language: 'zh-CN' | 'en',
): FirstPrintState {
  if (printer.address === 'browser') return 'handed-over'
  return willBeDrawn(printer, site, serviceIds, language) ? 'drawing' : 'waiting'
}

/** What whoever asked for a paper is told of it: the words too, when it is theirs to print or to draw. */
export async function printAnswer(
  parts: Parts,
  site: Site,
  printer: Printer,
  job: PrintJob,
): Promise<PrintAnswer> {
  const how = printer.address === 'browser' ? 'browser' : 'network'
  const theirs = job.state === 'handed-over' || job.state === 'drawing'
  return { jobId: job.id, how, slip: theirs ? await ticketSlip(parts, site, job, printer.paper) : null }
}

/** A kiosk's own. For staff the one that printed the ticket first, else on the network the one for the rest, else the first. */
function printerFor(site: Site, principal: Principal, first: PrintJob | null): Printer | null {
  if (principal.kind === 'kiosk') return printerBeside(site, principal)
  const reached = site.printers.filter(({ address }) => address !== 'browser')
  return (
    reached.find(({ id }) => id === first?.printerId) ??
    reached.find(({ kiosks }) => kiosks.length === 0) ??
    reached[0] ??
    null
  )
}
