import './paper-page.css'
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { errorWords } from '#ui/error-words.ts'
import { hourMinute, localised } from '#ui/i18n.ts'
import { UNDO_WITHIN } from '../trail.ts'
import { checked, countersToEnter, type Draft, EMPTY, type Fault, type Field, legNumbered } from './entry.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  site: SiteView
  board: StaffBoard
  person: SessionView
  counterId: string
  /** ms on the server's clock */
  now: number
  /** Out of touch. */
  blocked: boolean
  onLeave: () => void
  onExpired: () => void
}

/** A row that was entered here. */
interface Entered {
  number: string
  counterId: string
  /** Of its event, by which it can be taken back. */
  seq: number
  at: number
  calledAt: number
  endedAt: number
  missed: boolean
}

const FIELDS = ['number', 'called', 'started', 'done'] as const

/** Calls that were made on paper are entered, row by row, by keyboard. [PAPER10] */
export function EntryPage(props: Props) {
  const { api, site, board, person, now, blocked, onLeave, onExpired } = props
  const counters = countersToEnter(site, board, person)
  const counterId = useSignal(props.counterId)
  const draft = useSignal<Draft>(EMPTY)
  /** Fields that were left: what is wrong in them is said. */
  const left = useSignal<readonly Field[]>([])
  const refused = useSignal<ApiError | null>(null)
  const said = useSignal<string | null>(null)
  const saving = useSignal(false)
  const rows = useSignal<readonly Entered[]>([])
  const form = useRef<HTMLFormElement>(null)
  const focus = (field: Field) => form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus()
  useLayoutEffect(() => focus('number'), [])

  const knows = {
    site,
    board,
    counterId: counterId.value,
    entered: rows.value.map(({ number }) => number),
    now,
  }
  const row = checked(draft.value, knows)
  const faults = Array.isArray(row) ? row : []
  const shown = faults.filter(({ field }) => left.value.includes(field))
  const leg = draft.value.number.trim() === '' ? null : legNumbered(draft.value.number, knows)

  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change }
    refused.value = null
    said.value = null
  }
  async function save() {
    if (saving.value || blocked) return
    left.value = FIELDS
    if (Array.isArray(row)) {
      if (row[0]) focus(row[0].field)
      return
    }
    saving.value = true
    refused.value = null
    try {
      const seen = { leg: row.leg.id, version: row.leg.version }
      const { ticket } = await api.record(row.leg.ticketId, row.request, seen)
      if (ticket) {
        const { number, callId, calledAt, endedAt } = ticket
        const times = { calledAt: calledAt ?? 0, endedAt: endedAt ?? 0 }
        const one = { number, counterId: row.request.counterId, seq: callId ?? 0, at: now, ...times }
        rows.value = [{ ...one, missed: ticket.state === 'missed' }, ...rows.value]
      }
      draft.value = EMPTY
      left.value = []
      focus('number')
    } catch (thrown) {
      refuse(thrown)
    } finally {
      saving.value = false
    }
  }
  async function takeBack({ number, counterId: where, seq }: Entered) {
    try {
      await api.undo(where, { seq })
      rows.value = rows.value.filter((one) => one.seq !== seq)
      said.value = t('entry-undone', { number })
      focus('number')
    } catch (thrown) {
      refuse(thrown)
    }
  }
  function refuse(thrown: unknown) {
    if (!(thrown instanceof ApiError)) throw thrown
    if (thrown.key === 'unauthenticated') onExpired()
    else refused.value = thrown
  }

  return (
    <main
      class="entry"
      data-testid="entry"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) onLeave()
      }}
    >
      <header class="entry-head">
        <h1>{t('entry-title')}</h1>
        <Button tone="quiet" back data-testid="entry-leave" onClick={onLeave}>
          {t('entry-back')}
          <span class="act-key" aria-hidden="true">
            Esc
          </span>
        </Button>
      </header>
      <p>{t('entry-lead')}</p>
      <label class="entry-counter">
        <span>{t('entry-counter')}</span>
        <select
          value={counterId.value}
          data-testid="entry-counter"
          onChange={({ currentTarget }) => {
            counterId.value = currentTarget.value
          }}
        >
          {counters.map(({ id, number }) => (
            <option key={id} value={id}>
              {number}
            </option>
          ))}
        </select>
      </label>
      <form
        ref={form}
        class="entry-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <div class="entry-fields">
          {FIELDS.map((field) => (
            <label key={field}>
              <span>{t(field)}</span>
              <input
                name={field}
                class="sheet-input number"
                autoComplete="off"
                inputMode={field === 'number' ? 'text' : 'numeric'}
                maxLength={field === 'number' ? 12 : 5}
                disabled={field === 'started' && draft.value.missed}
                value={draft.value[field]}
                aria-invalid={shown.some((fault) => fault.field === field)}
                aria-describedby="entry-fault"
                data-testid={`entry-${field}`}
                onInput={({ currentTarget }) => set({ [field]: currentTarget.value })}
                onBlur={() => {
                  // An untouched row has nothing wrong with it yet.
                  if (draft.value[field] !== '') left.value = [...left.value, field]
                }}
              />
            </label>
          ))}
          <label class="entry-missed">
            <span>{t('entry-missed')}</span>
            <input
              type="checkbox"
              checked={draft.value.missed}
              data-testid="entry-missed"
              onChange={({ currentTarget }) => set({ missed: currentTarget.checked })}
            />
          </label>
          <Button
            tone="primary"
            type="submit"
            busy={saving.value}
            disabled={blocked}
            data-testid="entry-save"
          >
            {t(saving.value ? 'entry-saving' : 'entry-save')}
          </Button>
        </div>
        <p class="entry-who" role="status" data-testid="entry-who">
          {leg !== null && !('field' in leg) && (
            <>
              <b class="number">{leg.number}</b>{' '}
              {localised(
                site.services.find(({ id }) => id === leg.serviceId)?.name ?? { 'zh-CN': '', en: '' },
              )}{' '}
              · {t(leg.state === 'held' || leg.state === 'missed' ? leg.state : 'waiting')} · {t('arrived')}{' '}
              {hourMinute(leg.arrivedAt, site.timeZone)}
            </>
          )}
          {leg === null && said.value}
        </p>
        <p class="entry-fault" id="entry-fault" role="alert" data-testid="entry-fault">
          {blocked
            ? t('entry-lost')
            : refused.value
              ? errorWords(refused.value.key, refused.value.facts)
              : shown[0] && faultWords(shown[0])}
        </p>
      </form>
      {rows.value.length > 0 && (
        <section class="entry-rows">
          <h2>
            {t('entry-rows')} <b class="number">{rows.value.length}</b>
          </h2>
          <ol data-testid="entry-rows">
            {rows.value.map((one, index) => (
              <li key={one.seq} class="last-row">
                <strong class="number">{one.number}</strong>
                <span>
                  {t(one.missed ? 'entry-not-came' : 'entry-came', {
                    called: hourMinute(one.calledAt, site.timeZone),
                    done: hourMinute(one.endedAt, site.timeZone),
                  })}
                </span>
                {index === 0 && now - one.at < UNDO_WITHIN && !blocked && (
                  <Button tone="quiet" data-testid="entry-undo" onClick={() => void takeBack(one)}>
                    {t('entry-undo')}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
    </main>
  )
}

function faultWords(fault: Fault): string {
  if ('error' in fault) return errorWords(fault.error, fault.facts)
  return fault.word === 'entry-at-counter' ? t(fault.word, fault.facts) : t(fault.word)
}
