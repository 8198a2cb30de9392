import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DayReport, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, errorKeyOf } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import { later } from '#ui/components/later.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { dayPlus } from '#ui/hall-now.ts'
import { DaySheet } from './DaySheet.tsx'
import { dayLink } from './page.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'report' | 'reportSheet' | 'feedback' | 'get' | 'post'>
  site: SiteView
  /** null: today. */
  day: string | null
  /** null while the server's clock is not known. */
  today: string | null
  /** Only supervisors read what residents wrote. */
  readsFeedback: boolean
  /** At a resident's request. */
  answersResidents: boolean
  onExpired: () => void
}

// Not on the first view.
const Feedback = later(async () => (await import('./Feedback.tsx')).Feedback)
const ResidentPart = later(async () => (await import('./resident/ResidentPart.tsx')).ResidentPart)

function unreadOf({ ratings, suggestions }: DayReport): number {
  return ratings.lowUnread + suggestions.count - suggestions.read
}

/** The report of a day: to read, to print, to keep as a sheet. [MANAGE7] */
export function DayPage({ api, site, day, today, readsFeedback, answersResidents, onExpired }: Props) {
  const report = useSignal<DayReport | null>(null)
  const error = useSignal<ErrorKey | null>(null)
  const busy = useSignal(false)
  const turn = useSignal(0)

  useEffect(() => {
    let stale = false
    // What is on the sheet stays until the answer is there, unless it is another day.
    if (report.value && report.value.day !== (day ?? today)) report.value = null
    busy.value = true
    error.value = null
    api
      .report(site.id, day)
      .then(
        (fresh) => {
          if (!stale) report.value = fresh
        },
        (thrown: unknown) => {
          if (stale) return
          const key = errorKeyOf(thrown)
          error.value = key
          if (key === 'unauthenticated') onExpired()
        },
      )
      .finally(() => {
        if (!stale) busy.value = false
      })
    return () => {
      stale = true
    }
  }, [api, site.id, day, turn.value])

  const shown = day ?? report.value?.day ?? today
  const mayGoOn = shown !== null && today !== null && shown < today
  return (
    <main class="day" data-testid="day">
      <div class="day-tools">
        <nav class="day-nav">
          {shown !== null && (
            <a class="button button--plain" href={dayLink(dayPlus(shown, -1))} data-testid="day-before">
              <Icon name="back" />
              {t('day-before')}
            </a>
          )}
          <label class="day-choose">
            <span class="visually-hidden">{t('day-choose')}</span>
            <input
              class="field-input"
              type="date"
              value={shown ?? ''}
              max={today ?? undefined}
              onChange={({ currentTarget: { value } }) => {
                if (value !== '') location.hash = dayLink(value)
              }}
            />
          </label>
          {mayGoOn && (
            <a class="button button--plain" href={dayLink(dayPlus(shown, 1))} data-testid="day-after">
              {t('day-after')}
              <Icon name="next" />
            </a>
          )}
          {day !== null && day !== today && (
            <a class="button button--quiet" href={dayLink(null)}>
              {t('day-today')}
            </a>
          )}
        </nav>
        <div class="day-do">
          <Button
            icon="repeat"
            busy={busy.value}
            data-testid="refresh"
            onClick={() => {
              turn.value += 1
            }}
          >
            {t('refresh')}
          </Button>
          {shown !== null && (
            <a
              class="button button--plain"
              href={api.reportSheet(site.id, shown)}
              download
              data-testid="sheet"
            >
              <Icon name="document" />
              {t('sheet')}
            </a>
          )}
          <Button tone="primary" disabled={!report.value} onClick={() => window.print()}>
            {t('print')}
          </Button>
        </div>
      </div>
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {report.value ? (
        <>
          <DaySheet report={report.value} site={site} />
          {readsFeedback && (
            <Feedback
              key={report.value.day}
              {...{ api, site, onExpired }}
              day={report.value.day}
              unread={unreadOf(report.value)}
            />
          )}
          {answersResidents && (
            <ResidentPart
              key={`resident ${report.value.day}`}
              {...{ api, site, onExpired }}
              day={report.value.day}
            />
          )}
        </>
      ) : (
        busy.value && !error.value && <Loading />
      )}
    </main>
  )
}
