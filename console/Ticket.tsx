import type { SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import type { PanelKeys } from './keys.ts'
import { type Leg, stopwatch } from './model.ts'
import { NotePanel } from './NotePanel.tsx'
import { PreparationPanel } from './PreparationPanel.tsx'
import { type Against, servingAgainst, waitAgainst } from './promise.ts'
import { Skill } from './Skill.tsx'
import type { Trail } from './trail.ts'
import { serviceName, VisitLine } from './VisitLine.tsx'
import type { Step } from './visit.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  leg: Leg
  site: SiteView
  now: number
  serving: boolean
  steps: readonly Step[]
  exception: Trail['exceptions'][string] | null
  blocked: boolean
  panelKeys: PanelKeys
  onExpired: () => void
}

/** The ticket at the counter, and what there is to know of it. */
export function Ticket(props: Props) {
  const { api, leg, site, now, serving, steps, exception, blocked, panelKeys, onExpired } = props
  const since = serving ? null : leg.calledAt
  const most = serving ? undefined : site.rules?.maxCalls
  return (
    <div class="ticket">
      <strong class="ticket-now number" data-testid="current-number">
        {leg.number}
      </strong>
      <div class="ticket-facts">
        <p class="ticket-service">{serviceName(site, leg.serviceId)}</p>
        <VisitLine site={site} steps={steps} />
        <ul class="facts">
          {leg.waitsUntil !== null && (
            <li data-testid="on-the-way">
              <Chip tone="jade">
                {leg.waitsUntil > now
                  ? t('on-the-way', { time: stopwatch(now, leg.waitsUntil) })
                  : t('was-on-the-way')}
              </Chip>
            </li>
          )}
          {exception && (
            <li title={t('exception-what')} data-testid="exception">
              <Chip tone="amber">{t(`exception-${exception}`)}</Chip>
            </li>
          )}
          {leg.credit > 0 && (
            <li>
              <Care />
            </li>
          )}
          {leg.skill !== null && (
            <li>
              <Skill site={site} skill={leg.skill} />
            </li>
          )}
          <li data-testid="waited">
            <Waited {...waitAgainst(site, leg, now)} />
          </li>
          <li data-testid="calls">
            {most === undefined ? t('calls', { n: leg.calls }) : t('calls-of', { n: leg.calls, most })}
          </li>
          {since !== null && <li class="number">{t('since-called', { time: stopwatch(since, now) })}</li>}
          {serving && leg.startedAt !== null && (
            <li class="number" data-testid="served">
              <Served {...servingAgainst(site, leg, now)} time={stopwatch(leg.startedAt, now)} />
            </li>
          )}
        </ul>
        {leg.noted && (
          <NotePanel
            key={leg.id}
            api={api}
            ticketId={leg.ticketId}
            timeZone={site.timeZone}
            onExpired={onExpired}
          />
        )}
      </div>
      <PreparationPanel
        key={`${leg.id} ${leg.serviceId}`}
        {...{ api, leg, site, panelKeys, onExpired }}
        disabled={blocked}
      />
    </div>
  )
}

/** How long they waited, and what the hall promises. [CONSOLE27] */
function Waited({ minutes, most, over }: Against) {
  if (over) return <Chip tone="amber">{t('waited-over', { n: minutes, promised: most ?? 0 })}</Chip>
  if (minutes === 0) return t('waited-now')
  return most === null ? t('waited', { n: minutes }) : t('waited-promised', { n: minutes, promised: most })
}

/** How long they have been served, and how long it usually takes. [CONSOLE27] */
function Served({ most, over, time }: Against & { time: string }) {
  if (most === null) return t('since-started', { time })
  const words = t(over ? 'serving-over' : 'serving-of', { time, usual: most })
  return over ? <Chip tone="amber">{words}</Chip> : words
}

/** For staff only, and discreet: there is something to prepare. What it is stands at the counter. */
export function ToPrepare() {
  return (
    <span class="to-prepare" title={t('prepare-why')} data-testid="to-prepare">
      <Icon name="person" />
      {t('to-prepare')}
    </span>
  )
}

/** For staff only, and discreet: it says that, not why. */
export function Care() {
  return (
    <span class="care" title={t('care-why')}>
      <Icon name="heart" />
      {t('care')}
    </span>
  )
}
