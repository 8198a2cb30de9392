import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { hourMinute, localised } from '#ui/i18n.ts'
import type { Choice, Errand } from './errand.ts'
import type { By } from './keys.ts'
import { type Desk, type LaneAtCounter, minutesSince, type WaitingRow } from './model.ts'
import { RowMenu } from './RowMenu.tsx'
import { Skill } from './Skill.tsx'
import { Care, ToPrepare } from './Ticket.tsx'
import { serviceName } from './VisitLine.tsx'
import { WhyPanel } from './WhyPanel.tsx'
import { t } from './words.ts'

interface Props {
  api: Api
  site: SiteView
  desk: Desk
  rows: WaitingRow[]
  lanes: LaneAtCounter[]
  now: number
  /** The list may be out of date. */
  old: boolean
  asOf: number | null
  /** What a row's menu offers. */
  choices: readonly Choice[]
  pending: string | null
  onRun: (errand: Errand, by: By) => Promise<boolean>
  onExpired: () => void
}

/** More than anybody reads; the rest is a number. */
const SHOWN = 150

/** Who waits, in the order they are called. */
export function WaitingList(props: Props) {
  const { api, site, desk, rows, lanes, now, old, asOf, choices, pending, onRun, onExpired } = props
  /** What is open, of which row: one at a time. */
  const open = useSignal<{ legId: string; what: Opened } | null>(null)
  const toggle = (legId: string, what: Opened) => {
    const same = open.value?.legId === legId && open.value.what === what
    open.value = same ? null : { legId, what }
  }
  const shown = rows.slice(0, SHOWN)
  return (
    <section class={old ? 'line line--old' : 'line'} aria-labelledby="line-title">
      <header class="line-head">
        <h2 class="side-title" id="line-title">
          {t('waiting')} <b class="line-count number">{rows.filter(({ place }) => place !== null).length}</b>
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
            site={site}
            now={now}
            firstLater={row.later && !shown[index - 1]?.later}
            open={open.value?.legId === row.leg.id ? open.value.what : null}
            onToggle={(what) => toggle(row.leg.id, what)}
            why={
              <WhyPanel
                api={api}
                ticketId={row.leg.ticketId}
                place={row.place}
                onClose={() => toggle(row.leg.id, 'why')}
                onExpired={onExpired}
              />
            }
            menu={
              <RowMenu
                leg={row.leg}
                site={site}
                desk={desk}
                elsewhere={row.barred !== null && row.barred.why !== 'skill'}
                choices={choices}
                pending={pending}
                blocked={old}
                onRun={async (errand, by) => {
                  if (await onRun(errand, by)) open.value = null
                }}
                onClose={() => {
                  document.querySelector<HTMLElement>(`[data-testid="row-menu-${row.leg.number}"]`)?.focus()
                  toggle(row.leg.id, 'menu')
                }}
              />
            }
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

type Opened = 'why' | 'menu'

interface RowProps {
  row: WaitingRow
  site: SiteView
  now: number
  firstLater: boolean
  open: Opened | null
  onToggle: (what: Opened) => void
  why: ComponentChildren
  menu: ComponentChildren
}

function Row({ row, site, now, firstLater, open, onToggle, why, menu }: RowProps) {
  const { leg, place, care, promised, barred } = row
  const waited = minutesSince(leg.arrivedAt, now)
  return (
    <>
      {firstLater && <li class="line-later">{t('list-later')}</li>}
      <li class={barred === null ? 'row' : 'row row--barred'} data-testid={`row-${leg.number}`}>
        <span class="row-place number" aria-hidden="true">
          {place}
        </span>
        <strong class="row-number number">{leg.number}</strong>
        <span class="row-service">
          {serviceName(site, leg.serviceId)}
          {care && <Care />}
          {leg.prepare && <ToPrepare />}
          {leg.skill !== null && <Skill site={site} skill={leg.skill} />}
          {leg.onPaper && <Chip>{t('on-paper')}</Chip>}
          {promised && <span class="promised">{t('promised')}</span>}
          {barred && (
            <span class="barred" data-testid={`barred-${leg.number}`}>
              {barred.why === 'at-counter'
                ? t('barred-at-counter', { number: barred.number })
                : t(`barred-${barred.why}`)}
            </span>
          )}
        </span>
        <span class="row-waited number">
          {waited === 0 ? t('minutes-none') : t('minutes', { n: waited })}
        </span>
        <button
          type="button"
          class="row-why"
          aria-expanded={open === 'why'}
          aria-controls={open === 'why' ? 'why-panel' : undefined}
          aria-label={t('why-of', { number: leg.number })}
          data-testid={`why-${leg.number}`}
          onClick={() => onToggle('why')}
        >
          {t('why')}
        </button>
        <button
          type="button"
          class="row-more"
          aria-expanded={open === 'menu'}
          aria-controls={open === 'menu' ? 'row-menu' : undefined}
          aria-label={t('menu-of', { number: leg.number })}
          data-testid={`row-menu-${leg.number}`}
          onClick={() => onToggle('menu')}
        >
          <Icon name="more" />
        </button>
        {open === 'why' && why}
        {open === 'menu' && menu}
      </li>
    </>
  )
}
