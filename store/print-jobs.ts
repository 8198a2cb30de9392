import type { PrinterState, PrintState } from '#domain/printer.ts'
import type { Why } from '#domain/why.ts'
import type { PaperWord } from '#protocol/printing.ts'
import type { By } from './audit.ts'
import type { Database } from './database.ts'

/** A ticket's paper. */
export interface PrintJob {
  id: string
  siteId: string
  ticketId: string
  printerId: string
  /** The kiosk that is told what became of it; null: staff are. */
  deviceId: string | null
  /** Asked for by somebody after the first. */
  reprint: boolean
  /** What was said when the ticket was issued, or of a paper that says why, then; null when nothing was. */
  ahead: number | null
  open: number | null
  free: number | null
  /** Of a paper that says why: of those ahead, how many had come before. Null: the ticket's own. */
  whyBefore: number | null
  /** ms */
  askedAt: number
  /** What a screen has drawn, sealed. [PRIVACY4] */
  picture: string | null
  state: PrintState
  /** How often a paper may have come out. */
  attempts: number
}

const JOB = `j.id, j.site_id as "siteId", j.ticket_id as "ticketId", j.printer_id as "printerId",
  j.device_id as "deviceId", j.reprint, j.ahead, j.open, j.free, j.why_before as "whyBefore",
  j.asked_at as "askedAt", j.picture, j.state, j.attempts`

/** The first paper of a ticket; null when it was issued without a printer. */
export async function firstPrint(database: Database, ticketId: string): Promise<PrintJob | null> {
  const [row] = await database.query<PrintJob>(
    `select ${JOB} from nuanhao.print_job j where j.ticket_id = $1 and not j.reprint`,
    [ticketId],
  )
  return row ?? null
}

export interface NewReprint {
  id: string
  siteId: string
  ticketId: string
  printerId: string
  deviceId: string | null
  state: PrintState
  /** What a paper that says why has to say; null: the ticket's own once more. */
  why: Pick<Why, 'ahead' | 'arrivedBefore'> | null
}

/**
 * Writes down that a ticket is to be printed again, or why it stands where it stands, with an audit row; once, however often
 * it is asked with one id. [PRINT8] [DESK5]
 *
 * @returns null when the id is that of another paper
 */
export async function insertReprint(
  database: Database,
  { id, siteId, ticketId, printerId, deviceId, state, why }: NewReprint,
  now: number,
  by: By,
): Promise<PrintJob | null> {
  const done = state === 'handed-over' ? now : null
  await database.query(
    `with made as (
       insert into nuanhao.print_job
              (id, site_id, ticket_id, printer_id, device_id, reprint, ahead, open, free, state, asked_at, done_at, why_before)
       select $1, $2, $3, $4, $5, true, coalesce($11, f.ahead), f.open, f.free, $6, $7, $8, $12
         from (values (1)) one left join nuanhao.print_job f on f.ticket_id = $3 and not f.reprint
       on conflict (id) do nothing returning site_id, ticket_id)
     insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
     select site_id, $7, $9, $10, $13, ticket_id from made`,
    [
      ...[id, siteId, ticketId, printerId, deviceId, state, now, done, by.principal, by.origin ?? null],
      ...[why?.ahead ?? null, why?.arrivedBefore ?? null],
      why ? 'ticket:why-printed' : 'ticket:printed-again',
    ],
  )
  const [row] = await database.query<PrintJob>(
    `select ${JOB} from nuanhao.print_job j where j.id = $1 and j.ticket_id = $2 and (j.why_before is not null) = $3`,
    [id, ticketId, why !== null],
  )
  return row ?? null
}

/** The paper that waits for this screen to draw it; null if none does. */
export async function undrawnPrint(
  database: Database,
  siteId: string,
  id: string,
  deviceId: string | null,
): Promise<PrintJob | null> {
  const [row] = await database.query<PrintJob>(
    `select ${JOB} from nuanhao.print_job j where j.id = $1 and j.site_id = $2 and j.device_id is not distinct from $3`,
    [id, siteId, deviceId],
  )
  return row ?? null
}

/** What a screen has drawn; from now on it waits for the printer. */
export async function takePicture(database: Database, id: string, picture: string): Promise<void> {
  await database.query(
    `update nuanhao.print_job set picture = $2, state = 'waiting' where id = $1 and state = 'drawing'`,
    [id, picture],
  )
}

/**
 * Takes the oldest paper that waits for a printer, or that a process which is gone had begun to send; from this moment on a
 * paper may have come out. Only whoever has claimed the printer does. [PRINT6]
 */
export async function takePrint(
  database: Database,
  siteId: string,
  printerId: string,
  since: number,
): Promise<PrintJob | null> {
  const [row] = await database.query<PrintJob>(
    `update nuanhao.print_job j set state = 'sending', attempts = j.attempts + 1
      where j.id = (select w.id from nuanhao.print_job w
                     where w.site_id = $1 and w.printer_id = $2 and w.done_at is null and w.asked_at > $3
                       and w.state in ('waiting', 'sending')
                     order by w.asked_at, w.id limit 1)
     returning ${JOB}`,
    [siteId, printerId, since],
  )
  return row ?? null
}

/** What became of a paper for good. */
export async function endPrint(
  database: Database,
  id: string,
  state: 'printed' | 'given-up',
  now: number,
): Promise<void> {
  await database.query(
    `update nuanhao.print_job set state = $2, done_at = $3, picture = null where id = $1`,
    [id, state, now],
  )
}

/** Gives up what has waited since before `since`. @returns how many [PRINT7] */
export async function giveUpPrints(
  database: Database,
  siteId: string,
  since: number,
  now: number,
): Promise<number> {
  const rows = await database.query(
    `update nuanhao.print_job set state = 'given-up', done_at = $3, picture = null
      where site_id = $1 and done_at is null and asked_at <= $2 returning id`,
    [siteId, since, now],
  )
  return rows.length
}

/** Sites that have a paper to print, with the revision of their settings; and of those asked for, whether or not. */
export function sitesToPrint(
  database: Database,
  siteIds: readonly string[],
): Promise<{ siteId: string; revision: number }[]> {
  return database.query(
    `select s.id as "siteId", s.revision from nuanhao.site s
      where s.id = any ($1) or s.id in (select j.site_id from nuanhao.print_job j where j.done_at is null)`,
    [siteIds],
  )
}

/** Printers a paper waits for. */
export async function printersWanted(database: Database, siteId: string): Promise<Set<string>> {
  const rows = await database.query<{ id: string }>(
    `select distinct printer_id as id from nuanhao.print_job
      where site_id = $1 and done_at is null and state in ('waiting', 'sending')`,
    [siteId],
  )
  return new Set(rows.map(({ id }) => id))
}

/** What became of the papers that ended lately, with the kiosk that wants to know; null: staff do. */
export function endedPrints(
  database: Database,
  siteId: string,
  since: number,
): Promise<(PaperWord & { deviceId: string | null })[]> {
  return database.query(
    `select id as "jobId", ticket_id as "ticketId", state, device_id as "deviceId" from nuanhao.print_job
      where site_id = $1 and done_at > $2 and state <> 'handed-over' order by done_at`,
    [siteId, since],
  )
}

/** How the printers of a site were when they were asked last. */
export async function printerStates(
  database: Database,
  siteId: string,
): Promise<Map<string, { state: PrinterState; at: number }>> {
  const rows = await database.query<{ id: string; state: PrinterState; at: number }>(
    'select id, state, at from nuanhao.printer where site_id = $1',
    [siteId],
  )
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

/** Takes a printer for oneself until `until`, which is the name of the claim; false when another process speaks with it. */
export async function claimPrinter(
  database: Database,
  siteId: string,
  id: string,
  now: number,
  until: number,
): Promise<boolean> {
  const rows = await database.query(
    `insert into nuanhao.printer as p (site_id, id, claimed_until) values ($1, $2, $4)
     on conflict (site_id, id) do update set claimed_until = $4 where p.claimed_until <= $3 returning id`,
    [siteId, id, now, until],
  )
  return rows.length > 0
}

/** Gives a printer up, with how it was. @returns how it had been before */
export async function releasePrinter(
  database: Database,
  siteId: string,
  id: string,
  until: number,
  state: PrinterState,
  now: number,
): Promise<PrinterState | null> {
  const [row] = await database.query<{ before: PrinterState }>(
    `update nuanhao.printer p set claimed_until = 0, state = $4, at = $5
       from nuanhao.printer o where o.site_id = p.site_id and o.id = p.id
        and p.site_id = $1 and p.id = $2 and p.claimed_until = $3 returning o.state as before`,
    [siteId, id, until, state, now],
  )
  return row?.before ?? null
}
