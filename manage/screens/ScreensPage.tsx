import '#ui/sure.css'
import './screens.css'
import { useSignal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { dayAndWeekday } from '#ui/i18n.ts'
import type { LiveStaff } from '#ui/live.ts'
import { useSteps } from '#ui/steps.ts'
import { Alerts } from './Alerts.tsx'
import { Approve } from './Approve.tsx'
import { alertsOf } from './alerts.ts'
import { healthFacts } from './health-words.ts'
import { PlaceChoice } from './PlaceChoice.tsx'
import { placeWords } from './place.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'post' | 'remove'>
  site: SiteView
  live: Pick<LiveStaff, 'devices' | 'printers'>
  /** ms on the server's clock */
  now: number
  /** Supervisors and administrators let screens in, and switch them off. */
  decides: boolean
  code: string | null
  onExpired: () => void
}

const ICONS = { kiosk: 'ticket', display: 'screen', pad: 'counter' } as const

/** The screens of the hall, how they are, and what is to be done about them. [PAIR2] [PAIR7] [HEALTH5] */
export function ScreensPage({ api, site, live, now, decides, code, onExpired }: Props) {
  const items = live.devices.value
  const sure = useSignal<string | null>(null)
  const moving = useSignal<string | null>(null)
  const { busy, error, carryOut } = useSteps(onExpired)

  const move = (id: string, place: string) => {
    moving.value = null
    void carryOut(() =>
      api.post(`/sites/${site.id}/devices/${encodeURIComponent(id)}/place`, { place: JSON.parse(place) }),
    )
  }
  const switchOff = (id: string) => {
    sure.value = null
    void carryOut(() => api.remove(`/sites/${site.id}/devices/${encodeURIComponent(id)}`))
  }
  return (
    <main class="screens" data-testid="screens">
      <h1>{t('title')}</h1>
      {items && (
        <Alerts
          alerts={alertsOf({ devices: items, printers: live.printers.value, site }, now)}
          site={site}
          now={now}
        />
      )}
      {decides && <Approve api={api} site={site} code={code} onExpired={onExpired} />}
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {items === null ? (
        <Loading />
      ) : items.length === 0 ? (
        <p class="quiet">{t('none')}</p>
      ) : (
        <ul class="screens-list">
          {items.map(({ id, name, kind, place, createdAt, ...health }) => (
            <li key={id} class="card screens-item" data-testid={`screen-${name}`}>
              <Icon name={ICONS[kind]} />
              <b class="number">{name}</b>
              <span>
                {[t(kind), placeWords(place, kind, site)].filter((words) => words !== '').join(' · ')}
                <br />
                <small class="quiet">{t('since', { day: dayAndWeekday(createdAt, site.timeZone) })}</small>
              </span>
              {decides && sure.value !== id && (
                <span class="screens-buttons">
                  {kind !== 'kiosk' && moving.value !== id && (
                    <Button
                      tone="quiet"
                      data-testid={`move-${name}`}
                      onClick={() => {
                        moving.value = id
                        sure.value = null
                      }}
                    >
                      {t('move')}
                    </Button>
                  )}
                  <Button
                    tone="quiet"
                    data-testid={`switch-off-${name}`}
                    onClick={() => {
                      sure.value = id
                      moving.value = null
                    }}
                  >
                    {t('switch-off')}
                  </Button>
                </span>
              )}
              {decides && moving.value === id && (
                <form
                  class="sure"
                  onSubmit={(event) => {
                    event.preventDefault()
                    move(id, `${new FormData(event.currentTarget).get('place')}`)
                  }}
                >
                  <PlaceChoice id={`place-${name}`} site={site} kind={kind} place={place} />
                  <Button type="submit" tone="primary" busy={busy.value} data-testid="move-now">
                    {t('move-now')}
                  </Button>
                  <Button
                    onClick={() => {
                      moving.value = null
                    }}
                  >
                    {t('leave')}
                  </Button>
                </form>
              )}
              {decides && sure.value === id && (
                <p class="sure" role="alert">
                  {t('switch-off-sure', { name })}{' '}
                  <Button
                    tone="danger"
                    busy={busy.value}
                    data-testid="switch-off-now"
                    onClick={() => switchOff(id)}
                  >
                    {t('switch-off-now', { name })}
                  </Button>
                  <Button
                    data-testid="switch-off-not"
                    onClick={() => {
                      sure.value = null
                    }}
                  >
                    {t('leave')}
                  </Button>
                </p>
              )}
              <ul class="screens-health">
                {healthFacts(health, site, now).map(({ key, words, bad }) => (
                  <li key={key} data-testid={`${key}-${name}`}>
                    <Chip tone={bad ? 'amber' : 'plain'}>{words}</Chip>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}
