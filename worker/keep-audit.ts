import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Logger } from 'pino'
import { businessDay, dayBefore, isDayOver } from '#domain/calendar.ts'
import type { Hall } from '#line/hall.ts'
import { START } from '#store/audit-chain.ts'
import { keepHead, lastHead, pruneAudit, turnVolume, type WrittenHead } from '#store/audit-heads.ts'
import { auditOf, verifyAudit } from '#store/audit-verify.ts'
import { readSite, siteIds } from '#store/sites.ts'
import type { Chore, Outward } from './chore.ts'

/** SQLSTATE: others were busy for longer than this may wait. */
const BUSY = '55P03'

/**
 * Reads the chains of a day that is over, writes their heads down where nobody who can change the database can change them
 * too, opens a volume for each month, and removes those that have had their time. [AUDIT7] [AUDIT8]
 */
export const keepAudit: Chore<Hall & Outward> = {
  name: 'keep-audit',
  every: 600_000,
  run: async (hall, logger) => {
    const { database, audit } = hall
    const now = hall.now()
    await unlessBusy(logger, () => turnVolume(database, now))
    let whole = true
    for (const siteId of ['', ...(await siteIds(database))]) {
      const day = await dayOver(hall, siteId, now)
      if (day === null) continue
      const last = await lastHead(database, siteId, day)
      if (!last && (await beganAfter(hall, siteId, day))) continue
      const head = last?.name === day ? last : await writeHead(hall, logger, siteId, day)
      if (head?.bad) whole = false
    }
    // Of a chain that does not hold nothing goes: it may be all that is left to find out what happened.
    if (!whole) return
    const gone = await unlessBusy(logger, () => pruneAudit(database, now, audit.kept))
    if (gone) logger.info({ volumes: gone }, 'old volumes of the audit were removed')
  },
}

/** The latest day that is over; what concerns no site goes by UTC. */
async function dayOver({ database }: Hall, siteId: string, now: number): Promise<string | null> {
  if (siteId === '') return dayBefore(businessDay(now, 'UTC'))
  const site = await readSite(database, siteId)
  if (!site) return null
  const today = businessDay(now, site.timeZone)
  return isDayOver(site, now) ? today : dayBefore(today)
}

/** Whether nothing was written down on that day or before. */
async function beganAfter({ database }: Hall, siteId: string, day: string): Promise<boolean> {
  const [first] = await auditOf(database.query).rows(siteId, 0, 1)
  const site = siteId === '' ? null : await readSite(database, siteId)
  return first !== undefined && businessDay(first.at, site?.timeZone ?? 'UTC') > day
}

async function writeHead(
  { database, now, audit }: Hall & Outward,
  logger: Logger,
  siteId: string,
  day: string,
): Promise<WrittenHead | null> {
  const { bad, ends } = await verifyAudit(auditOf(database.query), now(), [], siteId)
  const end = ends.at(-1) ?? START
  if (end.n === 0 && !bad) return null
  const head: WrittenHead = {
    ...{ siteId, name: day, at: now(), n: end.n, hash: end.hash },
    bad: bad && `${bad.fault} ${bad.n}`,
  }
  // Outside first: what is here twice does no harm, and what is not here can be changed unseen.
  await mkdir(dirname(audit.heads), { recursive: true })
  await appendFile(audit.heads, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true })
  if (head.bad)
    logger.error({ auditHead: head }, 'the audit is not as it was written: npm run audit -- verify')
  else logger.info({ auditHead: head }, 'the head of the audit')
  await keepHead(database, head)
  return head
}

async function unlessBusy<T>(logger: Logger, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code !== BUSY) throw error
    logger.debug('the audit is busy; later')
    return null
  }
}
