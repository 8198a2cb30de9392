import type { AuditItem, AuditResponse, SiteView } from '#protocol/api.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { dayAt } from '#ui/hall-now.ts'
import { hourMinuteSecond } from '#ui/i18n.ts'
import { actionWords, originWords, reasonWords, refusalWords, subjectWords, whoWords } from './row-words.ts'
import { t } from './words.ts'

interface Props {
  rows: readonly AuditItem[]
  site: SiteView
  actors: AuditResponse['actors']
  /** Whether the rows are of several days. */
  days: boolean
}

/** Rows of the audit, latest first. */
export function AuditRows({ rows, site, actors, days }: Props) {
  if (rows.length === 0) {
    return (
      <p class="audit-none" data-testid="audit-none">
        {t('none')}
      </p>
    )
  }
  return (
    <div class="audit-paper">
      <table class="table audit-table">
        <thead>
          <tr>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('on-what')}</th>
            <th scope="col">{t('origin')}</th>
            <th scope="col" class="cell-figure">
              {t('row')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.n} data-testid={`audit-${row.n}`}>
              <td class="number audit-when">
                {days && <span class="audit-day">{dayAt(row.at, site)}</span>}
                {hourMinuteSecond(row.at, site.timeZone)}
              </td>
              <td>{whoWords(row.actor, actors)}</td>
              <td>
                <span class="audit-what">{actionWords(row.action)}</span>
                {row.result !== 'done' && <Chip tone="amber">{refusalWords(row.result)}</Chip>}
                {row.reason !== null && <span class="cell-note">{reasonWords(row.reason, actors)}</span>}
              </td>
              <td>{subjectWords(row, site, actors)}</td>
              <td class="cell-note">{originWords(row.origin)}</td>
              <td class="cell-figure audit-link number" title={row.hash ?? undefined}>
                {row.n}
                <span class="audit-hash">{row.hash?.slice(0, 8)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
