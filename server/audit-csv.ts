import type { AuditItem } from '#protocol/api.ts'
import type { Actor } from '#store/audit-search.ts'
import { type Both, both, csvOf } from './csv.ts'

const COLUMNS: readonly Both[] = [
  ['行', 'Row'],
  ['时间', 'Time'],
  ['谁', 'Who'],
  ['姓名', 'Name'],
  ['从哪里', 'From where'],
  ['做了什么', 'What'],
  ['票号', 'Number'],
  ['对象', 'On what'],
  ['结果', 'Result'],
  ['原因', 'Why'],
  ['事件', 'Event'],
  ['链', 'Hash'],
]
const MORE: Both = [
  '更早的行不在此表中：请缩短时间',
  'earlier rows are not in this sheet: choose a shorter time',
]

/** Rows of the audit as a sheet for Excel, in the hall's time. [AUDIT9] @param cut whether there are more than there is room for */
export function auditCsv(
  rows: readonly AuditItem[],
  actors: readonly Actor[],
  timeZone: string,
  cut: boolean,
): string {
  const names = new Map(actors.map(({ principal, name }) => [principal, name]))
  const clock = clockOf(timeZone)
  const lines = rows.map((row) => {
    const name = names.get(row.actor)
    return [
      ...[String(row.n), clock(row.at), row.actor, name ? both([name['zh-CN'], name.en]) : ''],
      ...[row.origin, row.action, row.number ?? '', row.subject ?? '', row.result, row.reason ?? ''],
      ...[String(row.seq ?? ''), row.hash ?? ''],
    ]
  })
  return csvOf([COLUMNS.map(both), ...lines, ...(cut ? [[both(MORE)]] : [])])
}

/** `2026-03-09 08:05:01` */
function clockOf(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => format.format(at)
}
