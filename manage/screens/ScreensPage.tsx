import './screens.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { DeviceItem } from '#protocol/device.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { dayAndWeekday } from '#ui/i18n.ts'
import { Approve } from './Approve.tsx'
import { placeWords } from './place.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'get' | 'post' | 'remove'>
  site: SiteView
  /** Supervisors and administrators let screens in, and switch them off. */
  decides: boolean
  code: string | null
  onExpired: () => void
}

/** The screens of the hall. [PAIR2] [PAIR7] */
export function ScreensPage({ api, site, decides, code, onExpired }: Props) {
  const items = useSignal<DeviceItem[] | null>(null)
  const sure = useSignal<string | null>(null)
  const error = useSignal<ErrorKey | null>(null)

  const guarded = async (work: () => Promise<unknown>) => {
    error.value = null
    try {
      await work()
      items.value = (await api.get<{ items: DeviceItem[] }>(`/sites/${site.id}/devices`)).items
    } catch (thrown) {
      error.value = thrown instanceof ApiError ? thrown.key : 'internal'
      if (error.value === 'unauthenticated') onExpired()
    }
  }
  const refresh = () => void guarded(async () => {})
  useEffect(refresh, [site.id])

  const switchOff = (id: string) => {
    sure.value = null
    void guarded(() => api.remove(`/sites/${site.id}/devices/${encodeURIComponent(id)}`))
  }
  return (
    <main class="screens" data-testid="screens">
      <h1>{t('title')}</h1>
      {decides && <Approve api={api} site={site} code={code} onApproved={refresh} onExpired={onExpired} />}
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {items.value === null ? (
        error.value === null && <Loading />
      ) : items.value.length === 0 ? (
        <p class="quiet">{t('none')}</p>
      ) : (
        <ul class="screens-list">
          {items.value.map(({ id, name, kind, place, createdAt }) => (
            <li key={id} class="card screens-item" data-testid={`screen-${name}`}>
              <Icon name={kind === 'kiosk' ? 'ticket' : 'screen'} />
              <b class="number">{name}</b>
              <span>
                {[t(kind), placeWords(place, kind, site)].filter((words) => words !== '').join(' · ')}
                <br />
                <small class="quiet">{t('since', { day: dayAndWeekday(createdAt, site.timeZone) })}</small>
              </span>
              {decides && sure.value !== id && (
                <Button
                  tone="quiet"
                  data-testid={`switch-off-${name}`}
                  onClick={() => {
                    sure.value = id
                  }}
                >
                  {t('switch-off')}
                </Button>
              )}
              {decides && sure.value === id && (
                <p class="screens-sure" role="alert">
                  {t('switch-off-sure', { name })}{' '}
                  <Button tone="danger" data-testid="switch-off-now" onClick={() => switchOff(id)}>
                    {t('switch-off-now', { name })}
                  </Button>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}
