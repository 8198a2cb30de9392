import { businessDay } from '#domain/calendar.ts'
import { type DayReport, dayReport, withoutClass } from '#domain/report.ts'
import { readDay } from '#store/report.ts'
import type { Parts } from '../parts.ts'
import { may } from '../policy.ts'
import { reportCsv } from '../report-csv.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

type OfDay = Asked<{ site: string }, { day?: string }>

/** GET /sites/:site/report?day= : the figures of a business day, else of today. */
export async function getReport(asked: OfDay, parts: Parts): Promise<Answer> {
  return { status: 200, body: (await read(asked, parts)).report }
}

/** GET /sites/:site/report.csv?day= : the same as a sheet, in both languages. */
export async function getReportCsv(asked: OfDay, parts: Parts): Promise<Answer> {
  const { report, timeZone } = await read(asked, parts)
  return {
    status: 200,
    body: reportCsv(report, timeZone),
    file: `nuanhao-${report.day}.csv`,
  }
}

async function read(
  { params, query, principal }: OfDay,
  parts: Parts,
): Promise<{ report: DayReport; timeZone: string }> {
  const site = await ownSite(principal, params.site, parts)
  const now = parts.hall.now()
  const today = businessDay(now, site.timeZone)
  const { day = today } = query
  const log = await readDay(parts.hall.database, site, day, now)
  const report = dayReport(log, site)
  const { timeZone } = site
  return { report: may(principal, 'read-class') ? report : withoutClass(report, day < today), timeZone }
}
