import { useSignal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { hourMinute, localised } from '#ui/i18n.ts'
import { Care } from './DeskCard.tsx'
import { type LaneAtCounter, minutesSince, type WaitingRow } from './model.ts'
import { WhyPanel } from './WhyPanel.tsx'
import { t } from './words.ts'

interface Props {
  api: Api
  site: SiteView
  rows: WaitingRow[]
  lanes: LaneAtCounter[]
  now: number
  /** The list may be out of date. */
  old: boolean
  asOf: number | null
  onExpired: () => void
}

/** More than anybody reads; the rest is a number. */
const SHOWN = 150

/** Who waits, in the order they are called. */
export function WaitingList({ api, site, rows, lanes, now, old, asOf, onExpired }: Props) {
  const asked = useSignal<string | null>(null)
  const shown = rows.slice(0, SHOWN)
  return (
    <section class={old ? 'line line--old' : 'line'} aria-labelledby="line-title">
      <header class="line-head">
        <h2 class="side-title" id="line-title">
          {t('waiting')} <b class="line-count number">{rows.length}</b>
        </h2>
        {asOf !== null && <span class="as-of">{t('as-of', { time: hourMinute(asOf, site.timeZone) })}</span>}
        <ul class="line-lanes">
          {lanes.map((lane) => (
            <li
              key={lane.id}
              class={`lane-tag lane-tag--${lane.rank}`}
              title={t(`lane-${lane.rank}`)}
              aria-label={t('lane-waits', { name: localised(lane.name), n: lane.waiting })}
            >
              <b class="number">{lane.letter}</b> {localised(lane.name)}{' '}
              <span class="number">{lane.waiting}</span>
            </li>
          ))}
        </ul>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard. */}
      <ol class="line-list" data-testid="waiting-list" tabIndex={0} aria-labelledby="line-title">
        {shown.map((row, index) => (
          <Row
            key={row.leg.id}
            row={row}
            service={nameOf(site, row.leg.serviceId)}
            now={now}
            firstLater={row.later && !shown[index - 1]?.later}
            open={asked.value === row.leg.id}
            onAsk={() => {
              asked.value = asked.value === row.leg.id ? null : row.leg.id
            }}
            api={api}
            onExpired={onExpired}
          />
        ))}
        {rows.length > SHOWN && <li class="line-more">{t('list-more', { n: rows.length - SHOWN })}</li>}
        {rows.length === 0 && (
          <li class="line-none">
            <strong>{t('list-empty')}</strong>
            <span>{t('list-empty-lead')}</span>
          </li>
        )}
      </ol>
    </section>
  )
}

interface RowProps {
  row: WaitingRow
  service: string
  now: number
  firstLater: boolean
  open: boolean
  onAsk: () => void
  api: Api
  onExpired: () => void
}

function Row({ row, service, now, firstLater, open, onAsk, api, onExpired }: RowProps) {
  const { leg, place, care } = row
  const waited = minutesSince(leg.arrivedAt, now)
  return (
    <>
      {firstLater && <li class="line-later">{t('list-later')}</li>}
      <li class="row" data-testid={`row-${leg.number}`}>
        <span class="row-place number" aria-hidden="true">
          {place}
        </span>
        <strong class="row-number number">{leg.number}</strong>
        <span class="row-service">
          {service}
          {care && <Care />}
        </span>
        <span class="row-waited number">
          {waited === 0 ? t('minutes-none') : t('minutes', { n: waited })}
        </span>
        <button
          type="button"
          class="row-why"
          aria-expanded={open}
          aria-controls={open ? 'why-panel' : undefined}
          aria-label={t('why-of', { number: leg.number })}
          data-testid={`why-${leg.number}`}
          onClick={onAsk}
        >
          {t('why')}
        </button>
        {open && (
          <WhyPanel api={api} ticketId={leg.ticketId} place={place} onClose={onAsk} onExpired={onExpired} />
        )}
      </li>
    </>
  )
}

function nameOf(site: SiteView, serviceId: string): string {
  const service = site.services.find(({ id }) => id === serviceId)
  return service ? localised(service.name) : serviceId
}
