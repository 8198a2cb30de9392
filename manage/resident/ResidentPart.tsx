import './resident.css'
import { useSignal } from '@preact/signals'
import type { FoundVisits, KeptAnswer, ResidentRequest, SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { useSteps } from '#ui/steps.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'get' | 'post'>
  site: SiteView
  day: string
  onExpired: () => void
}

type Visit = FoundVisits['items'][number]
type RecognisedBy = ResidentRequest['recognisedBy']
const RECOGNISED_BY: readonly RecognisedBy[] = ['own-ticket', 'own-card', 'authority']

/** Takes out or erases what is kept of a visit of this day, at its resident's request. [ERASE1] [ERASE2] */
export function ResidentPart({ api, site, day, onExpired }: Props) {
  const typed = useSignal('')
  const found = useSignal<Visit | 'none' | null>(null)
  const by = useSignal<RecognisedBy | null>(null)
  const confirm = useSignal<string | null>(null)
  const said = useSignal<string | null>(null)
  const { busy, error, carryOut } = useSteps(onExpired)
  const visits = `/sites/${encodeURIComponent(site.id)}/visits`

  const busily = (work: () => Promise<void>) =>
    carryOut(async () => {
      said.value = null
      await work()
    })
  const find = () =>
    busily(async () => {
      confirm.value = null
      by.value = null
      const wanted = new URLSearchParams({ day, number: typed.value.trim() })
      const { items } = await api.get<FoundVisits>(`${visits}?${wanted}`)
      found.value = items[0] ?? 'none'
    })
  const visit = found.value === 'none' ? null : found.value
  const at = visit && `${visits}/${encodeURIComponent(visit.ticketId)}`
  return (
    <section class="below-sheet" data-testid="resident">
      <h2>{t('title')}</h2>
      <p class="quiet">{t('lead')}</p>
      <form
        class="resident-row"
        onSubmit={(event) => {
          event.preventDefault()
          void find()
        }}
      >
        <Field
          id="resident-number"
          label={t('number')}
          placeholder={t('number-like')}
          required
          maxLength={12}
          autocomplete="off"
          value={typed.value}
          data-testid="resident-number"
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value
            found.value = null
          }}
        />
        <Button type="submit" busy={busy.value} data-testid="resident-find">
          {t('find')}
        </Button>
      </form>
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {found.value === 'none' && <p role="status">{t('none')}</p>}
      {visit && (
        <>
          <p role="status" data-testid="resident-found">
            {t(visit.confided ? 'kept' : 'bare', { number: visit.number })}
          </p>
          <fieldset class="resident-by">
            <legend class="field-label">{t('recognised-by')}</legend>
            {RECOGNISED_BY.map((way) => (
              <label key={way}>
                <input
                  type="radio"
                  name="recognised-by"
                  checked={by.value === way}
                  data-testid={`resident-by-${way}`}
                  onChange={() => {
                    by.value = way
                  }}
                />
                {t(`by-${way}`)}
              </label>
            ))}
          </fieldset>
          {confirm.value === null ? (
            <div class="resident-row">
              <Button
                icon="document"
                busy={busy.value}
                disabled={!by.value}
                data-testid="resident-export"
                onClick={() =>
                  busily(async () => {
                    const { kept } = await api.post<KeptAnswer>(`${at}/export`, { recognisedBy: by.value })
                    save(`nuanhao-${day}-${visit.number}.json`, kept)
                    said.value = t('exported')
                  })
                }
              >
                {t('export')}
              </Button>
              <Button
                tone="danger"
                disabled={!by.value}
                data-testid="resident-erase"
                onClick={() => {
                  said.value = null
                  confirm.value = ''
                }}
              >
                {t('erase')}
              </Button>
            </div>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault()
                void busily(async () => {
                  const { gone } = await api.post<{ gone: number }>(`${at}/erase`, { recognisedBy: by.value })
                  confirm.value = null
                  found.value = null
                  said.value = t('erased', { gone })
                })
              }}
            >
              <p>{t('erase-ask')}</p>
              <div class="resident-row">
                <Field
                  id="resident-confirm"
                  label={t('number-again')}
                  required
                  autocomplete="off"
                  value={confirm.value}
                  data-testid="resident-confirm"
                  onInput={({ currentTarget }) => {
                    confirm.value = currentTarget.value
                  }}
                />
                <Button
                  type="submit"
                  tone="danger"
                  busy={busy.value}
                  disabled={confirm.value.trim().toUpperCase() !== visit.number}
                  data-testid="resident-erase-yes"
                >
                  {t('erase-yes')}
                </Button>
                <Button
                  tone="quiet"
                  onClick={() => {
                    confirm.value = null
                  }}
                >
                  {t('back')}
                </Button>
              </div>
            </form>
          )}
        </>
      )}
      {said.value && (
        <p class="resident-said" role="status" data-testid="resident-said">
          {said.value}
        </p>
      )}
    </section>
  )
}

/** Saves what is kept as a file of this browser's: readable, as it came. */
function save(name: string, kept: KeptAnswer['kept']): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
