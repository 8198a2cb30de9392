import '#ui/sure.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { HallSessionItem, SessionItem } from '#protocol/session.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { localised } from '#ui/i18n.ts'
import { useSteps } from '#ui/steps.ts'
import { placeOf, timesOf } from './place.ts'
import { t } from './words.ts'

export interface SessionsProps {
  api: Pick<Api, 'get' | 'remove'>
  timeZone: string
  /** ms on the server's clock */
  now: number
  onExpired: () => void
}

/** Reads a list of sign-ins, ends some, and reads it again. */
function useSessions<Item>({ api, onExpired }: SessionsProps, path: string, again = 0) {
  const items = useSignal<Item[] | null>(null)
  const { busy, error, look, carryOut } = useSteps(onExpired)
  const read = async () => {
    items.value = (await api.get<{ items: Item[] }>(path)).items
  }
  useEffect(() => void look(read), [path, again])
  return { items, busy, error, end: (at: string) => void carryOut(() => api.remove(at), read) }
}

/** Where one is signed in oneself; read anew when `again` is another one. [SIGNIN6] */
export function OwnSessions(props: SessionsProps & { again: number }) {
  const { timeZone, now, again } = props
  const { items, busy, error, end } = useSessions<SessionItem>(props, '/sessions', again)
  const list = items.value ?? []
  return (
    <section class="account-part">
      <h2>{t('places')}</h2>
      {list.length > 1 && <p class="quiet">{t('places-lead')}</p>}
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      <ul class="account-list" data-testid="own-sessions">
        {list.map((item) => (
          <li key={item.id} class="account-item">
            <Icon name={isHandheld(item) ? 'phone' : 'screen'} />
            <span>
              {placeOf(item)} {item.current && <Chip tone="jade">{t('here')}</Chip>}
              <br />
              <small class="quiet">{timesOf(item, now, timeZone)}</small>
            </span>
            {!item.current && (
              <Button
                aria-label={t('end-of', { place: placeOf(item) })}
                busy={busy.value}
                data-testid="end-session"
                onClick={() => end(`/sessions/${item.id}`)}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.length > 2 && (
        <Button busy={busy.value} data-testid="end-others" onClick={() => end('/sessions')}>
          {t('end-others')}
        </Button>
      )}
    </section>
  )
}

/** Where others of the hall are signed in; read anew when `again` is another one. [SIGNIN7] */
export function HallSessions(props: SessionsProps & { siteId: string; own: string; again: number }) {
  const { timeZone, now, siteId, own, again } = props
  const path = `/sites/${encodeURIComponent(siteId)}/sessions`
  const { items, busy, error, end } = useSessions<HallSessionItem>(props, path, again)
  const sure = useSignal<string | null>(null)
  const others = (items.value ?? []).filter(({ person }) => person.id !== own)
  const endNow = (id: string) => {
    sure.value = null
    end(`${path}/${id}`)
  }
  return (
    <section class="account-part">
      <h2>{t('hall')}</h2>
      <p class="quiet">{t('hall-lead')}</p>
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {items.value !== null && others.length === 0 && <p class="quiet">{t('nobody')}</p>}
      <ul class="account-list" data-testid="hall-sessions">
        {others.map((item) => (
          <li key={item.id} class="account-item">
            <Icon name={isHandheld(item) ? 'phone' : 'screen'} />
            <span>
              <b>{localised(item.person.name)}</b> · {placeOf(item)}
              <br />
              <small class="quiet">{timesOf(item, now, timeZone)}</small>
            </span>
            {sure.value !== item.id ? (
              <Button
                tone="quiet"
                aria-label={t('end-sure', { name: localised(item.person.name) })}
                data-testid="end-hall-session"
                onClick={() => {
                  sure.value = item.id
                }}
              >
                {t('end')}
              </Button>
            ) : (
              <p class="sure" role="alert">
                {t('end-sure', { name: localised(item.person.name) })}
                <Button
                  tone="danger"
                  busy={busy.value}
                  data-testid="end-hall-session-now"
                  onClick={() => endNow(item.id)}
                >
                  {t('end-now')}
                </Button>
                <Button
                  onClick={() => {
                    sure.value = null
                  }}
                >
                  {t('keep')}
                </Button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function isHandheld({ origin }: SessionItem): boolean {
  return origin !== null && ['android', 'ios', 'harmony'].includes(origin.system)
}
