import { useSignal } from '@preact/signals'
import type { AuditKind, AuditQuestion, AuditResponse } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { localised } from '#ui/i18n.ts'
import { WHO_KINDS } from './row-words.ts'
import { t } from './words.ts'

const KINDS: readonly AuditKind[] = [
  'tickets',
  'counters',
  'confided',
  'access',
  'settings',
  'refused',
  'program',
]

interface Props {
  today: string
  actors: AuditResponse['actors']
  busy: boolean
  onSearch: (question: AuditQuestion) => void
  /** Where the sheet of a question is. */
  sheet: (question: AuditQuestion) => string
}

/** What to look for: days, who, what kind, which number. */
export function AuditSearch({ today, actors, busy, onSearch, sheet }: Props) {
  const from = useSignal(today)
  const to = useSignal(today)
  const who = useSignal('')
  const what = useSignal<AuditKind | ''>('')
  const number = useSignal('')

  const typed = number.value.trim()
  const question: AuditQuestion = {
    from: from.value <= to.value ? from.value : to.value,
    to: from.value <= to.value ? to.value : from.value,
    ...(who.value !== '' && { who: who.value }),
    ...(what.value !== '' && { what: what.value }),
    ...(typed !== '' && { number: typed }),
  }
  const day = (id: string, label: string, value: typeof from) => (
    <Field
      id={id}
      label={label}
      type="date"
      required
      max={today}
      value={value.value}
      data-testid={id}
      onInput={({ currentTarget }) => {
        if (currentTarget.value !== '') value.value = currentTarget.value
      }}
    />
  )
  return (
    <form
      class="audit-search"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(question)
      }}
    >
      {day('audit-from', t('from'), from)}
      {day('audit-to', t('to'), to)}
      <div class="field">
        <label class="field-label" for="audit-who">
          {t('who')}
        </label>
        <select
          id="audit-who"
          class="field-input"
          data-testid="audit-who"
          value={who.value}
          onChange={({ currentTarget }) => {
            who.value = currentTarget.value
          }}
        >
          <option value="">{t('anybody')}</option>
          {WHO_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`all-${kind}`)}
            </option>
          ))}
          {actors.map(({ principal, name }) => (
            <option key={principal} value={principal}>
              {localised(name)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label class="field-label" for="audit-what">
          {t('what')}
        </label>
        <select
          id="audit-what"
          class="field-input"
          data-testid="audit-what"
          value={what.value}
          onChange={({ currentTarget }) => {
            what.value = currentTarget.value as AuditKind | ''
          }}
        >
          <option value="">{t('anything')}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind-${kind}`)}
            </option>
          ))}
        </select>
      </div>
      <Field
        id="audit-number"
        label={t('number')}
        value={number.value}
        maxLength={12}
        pattern={'\\s*[A-Za-z0-9\\-]+\\s*'}
        title={t('number-like')}
        placeholder="A001"
        autocomplete="off"
        data-testid="audit-number"
        onInput={({ currentTarget }) => {
          number.value = currentTarget.value
        }}
      />
      <div class="audit-do">
        <Button type="submit" tone="primary" icon="search" busy={busy} data-testid="audit-search">
          {t('search')}
        </Button>
        <a class="button button--plain" href={sheet(question)} download data-testid="audit-sheet">
          <Icon name="document" />
          {t('sheet')}
        </a>
      </div>
    </form>
  )
}
