import { type Printer, printerForDesk, printerOf } from '#domain/printer.ts'
import type { Site } from '#domain/site.ts'
import { presentLeg, stepsOf } from '#domain/visit.ts'
import { expectedWait } from '#domain/wait.ts'
import type { Slip } from '#protocol/printing.ts'
import { type SlipFacts, slipOf } from '#protocol/slip.ts'
import type { PrintJob, printerStates } from '#store/print-jobs.ts'
import { visitOf } from '#store/tickets.ts'
import { ticketCode } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import type { Principal } from '../principal.ts'
import { carries } from './gb18030.ts'
import { whySlip } from './why-slip.ts'

/** What is on a paper: the ticket as it stands, or why it stands there. */
export async function ticketSlip(
  { hall: { database }, keys, publicUrl }: Pick<Parts, 'hall' | 'keys' | 'publicUrl'>,
  site: Site,
  job: PrintJob,
  paper: Printer['paper'],
): Promise<Slip> {
  const { ticketId, ahead, open, free, reprint, attempts, whyBefore, askedAt } = job
  const visit = await visitOf(database, ticketId)
  const [first, ...rest] = visit?.legs ?? []
  if (!visit || !first) throw new Error('a paper without a ticket')
  const { language } = presentLeg([first, ...rest])
  const { name: hall, practice, timeZone } = site
  if (whyBefore !== null) {
    const place = { ahead: ahead ?? 0, arrivedBefore: whyBefore }
    return whySlip({ language, hall, practice, timeZone, number: first.number, ...place, askedAt }, paper)
  }
  const ids = stepsOf(visit.legs)
    .filter(({ state }) => state !== 'ended')
    .map(({ serviceId }) => serviceId)
  const services = (ids.length > 0 ? ids : [first.serviceId]).flatMap(
    (id) => site.services.find((service) => service.id === id) ?? [],
  )
  const minutes = services[0]?.minutes ?? 0
  const facts: SlipFacts = {
    ...{ language, hall, practice, timeZone },
    number: first.number,
    services: services.map(({ name }) => name),
    issue: ahead === null ? null : { ahead, wait: expectedWait(ahead, open ?? 0, free ?? 0, minutes) },
    issuedAt: first.arrivedAt,
    materials: services[0]?.materials ?? [],
    trackUrl: publicUrl && `${publicUrl}/phone/#${ticketCode(ticketId, keys.codes)}`,
    // Taking it to be sent is an attempt already: the second may be a second paper.
    again: reprint || attempts > 1,
  }
  return slipOf(facts, paper)
}

/** Whether the printer cannot write a paper as text, so that a screen has to draw it. [PRINT5] */
export function mustBeDrawn(printer: Printer, { parts }: Slip): boolean {
  if (printer.characters === 'raster') return true
  return parts.some((part) => 'text' in part && !carries(part.text))
}

/** Whether the paper of a ticket for these services will have to be drawn: as above, before there is a number. */
export function willBeDrawn(
  printer: Printer,
  site: Site,
  serviceIds: readonly string[],
  language: 'zh-CN' | 'en',
): boolean {
  const services = site.services.filter(({ id }) => serviceIds.includes(id))
  const facts: SlipFacts = {
    language,
    hall: site.name,
    practice: site.practice,
    timeZone: site.timeZone,
    number: 'A001',
    services: services.map(({ name }) => name),
    issue: null,
    issuedAt: 0,
    materials: services.flatMap(({ materials }) => materials),
    trackUrl: null,
    again: false,
  }
  return mustBeDrawn(printer, slipOf(facts, printer.paper))
}

/** The printer beside whoever asks; null without one. With `states` of the printers also for a desk. [PRINT3] [DESK2] */
export function printerBeside(
  { printers }: Site,
  principal: Principal,
  states: Awaited<ReturnType<typeof printerStates>> | null = null,
): Printer | null {
  if (principal.kind === 'kiosk') return printerOf(printers, principal.name)
  return states && printerForDesk(printers, (id) => states.get(id)?.state ?? 'unknown')
}
