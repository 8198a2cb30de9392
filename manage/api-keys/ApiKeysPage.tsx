import './api-keys.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { ApiKeyItem, ApiKeyRequest, ApiKeyResponse } from '#protocol/api-key.ts'
import type { Api } from '#ui/api.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { useSteps } from '#ui/steps.ts'
import { ApiKeyRow } from './ApiKeyRow.tsx'
import { MadeKey } from './MadeKey.tsx'
import { MakeKey } from './MakeKey.tsx'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'get' | 'post' | 'remove'>
  site: SiteView
  /** ms on the server's clock */
  now: number
  onExpired: () => void
}

/** The keys of programs that read the hall's data. [APIKEY6] */
export function ApiKeysPage({ api, site, now, onExpired }: Props) {
  const items = useSignal<ApiKeyItem[] | null>(null)
  const made = useSignal<ApiKeyResponse | null>(null)
  const { busy, error, look, carryOut } = useSteps(onExpired)
  const path = `/sites/${site.id}/api-keys`

  const read = async () => {
    items.value = (await api.get<{ items: ApiKeyItem[] }>(path)).items
  }
  useEffect(() => void look(read), [path])

  const make = (wanted: ApiKeyRequest) =>
    carryOut(async () => {
      made.value = null
      made.value = await api.post<ApiKeyResponse>(path, wanted)
    }, read)
  const revoke = (id: string) =>
    carryOut(async () => {
      await api.remove(`${path}/${encodeURIComponent(id)}`)
      if (made.peek()?.apiKey.id === id) made.value = null
    }, read)
  return (
    <main class="api-keys" data-testid="api-keys">
      <h1>{t('title')}</h1>
      <p class="quiet">{t('lead')}</p>
      {made.value && (
        <MadeKey
          made={made.value}
          onSaved={() => {
            made.value = null
          }}
        />
      )}
      {error.value && (
        <Notice tone="madder">
          {error.value === 'name-taken' ? t('name-taken') : errorWords(error.value)}
        </Notice>
      )}
      {items.value === null ? (
        error.value === null && <Loading />
      ) : items.value.length === 0 ? (
        <p class="quiet">{t('none')}</p>
      ) : (
        <ul class="api-keys-list">
          {items.value.map((item) => (
            <ApiKeyRow
              key={item.id}
              item={item}
              timeZone={site.timeZone}
              now={now}
              onRevoke={() => void revoke(item.id)}
            />
          ))}
        </ul>
      )}
      {made.value === null && <MakeKey busy={busy.value} onMake={(wanted) => void make(wanted)} />}
    </main>
  )
}
