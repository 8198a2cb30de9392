import { useSignal } from '@preact/signals'
import { type ApiKeyRequest, SCOPES, type Scope } from '#protocol/api-key.ts'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { t } from './words.ts'

/** How long a key may be good for, days. */
const DAYS = [30, 90, 366] as const

interface Props {
  busy: boolean
  onMake: (wanted: ApiKeyRequest) => void
}

/** Who the key is for, what it may read, and for how long. */
export function MakeKey({ busy, onMake }: Props) {
  const nothing = useSignal(false)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget as HTMLFormElement)
    const scopes = given.getAll('scope') as Scope[]
    nothing.value = scopes.length === 0
    if (nothing.peek()) return
    onMake({ name: `${given.get('name')}`.trim(), scopes, days: Number(given.get('days')) })
  }
  return (
    <form class="card api-keys-make" onSubmit={submit} data-testid="make-key">
      <h2>{t('make')}</h2>
      <Field
        id="name"
        name="name"
        label={t('name')}
        help={t('name-help')}
        autocomplete="off"
        maxLength={40}
        pattern=".*\S.*"
        required
      />
      <fieldset class="api-keys-scopes">
        <legend class="field-label">{t('scopes')}</legend>
        {SCOPES.map((scope) => (
          <label key={scope} class="api-keys-scope">
            <input type="checkbox" name="scope" value={scope} data-testid={`scope-${scope}`} />
            <span>
              {t(scope)}
              <br />
              <small class="quiet">{t(`${scope}-note`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label class="field-label" for="days">
          {t('days')}
        </label>
        <select id="days" name="days" class="field-input">
          {DAYS.map((days) => (
            <option key={days} value={days} selected={days === 90}>
              {t(`days-${days}`)}
            </option>
          ))}
        </select>
      </div>
      {nothing.value && <Notice tone="madder">{t('no-scope')}</Notice>}
      <Button type="submit" tone="primary" icon="key" busy={busy} data-testid="generate">
        {t('generate')}
      </Button>
    </form>
  )
}
