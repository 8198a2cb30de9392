import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { KeyButton } from '../KeyButton.tsx'
import { type Leg, minutesSince } from '../model.ts'
import { serviceName } from '../VisitLine.tsx'
import { t as said } from '../words.ts'
import { KEYS } from './deeds.ts'
import { found } from './find.ts'
import { stateWords } from './state-words.ts'
import { t } from './words.ts'
import type { Reception } from './work.ts'

interface Props {
  work: Reception
  site: SiteView
  board: StaffBoard
  now: number
  typed: Signal<string>
  field: RefObject<HTMLInputElement | null>
  blocked: boolean
}

/** More than anybody reads; the rest is found by number. */
const SHOWN = 120

/** Who is in the hall, by number; who missed their call first. [DESK3] */
export function HallList({ work, site, board, now, typed, field, blocked }: Props) {
  const list = useSignal<Leg[]>([])
  list.value = found(board, typed.value)
  const shown = list.value.slice(0, SHOWN)
  const open = work.open.value?.ticketId
  const choose = (leg: Leg) => {
    typed.value = ''
    field.current?.blur()
    work.show(leg)
  }
  return (
    <section class="line" aria-labelledby="here-title">
      <header class="line-head">
        <h2 class="side-title" id="here-title">
          {t('here')} <b class="line-count number">{list.value.length}</b>
        </h2>
        <label class="find">
          <Icon name="search" class="find-icon" />
          <span class="visually-hidden">{t('find')}</span>
          <input
            ref={field}
            class="sheet-input"
            inputMode="search"
            autoComplete="off"
            spellcheck={false}
            maxLength={12}
            placeholder={t('find-hint')}
            value={typed.value}
            aria-keyshortcuts={KEYS.find}
            data-testid="find"
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
            }}
            onKeyDown={(event) => {
              if (event.isComposing) return
              const [first] = shown
              if (event.key === 'Enter' && first && typed.value.trim() !== '') choose(first)
              if (event.key !== 'Escape') return
              event.stopPropagation()
              typed.value = ''
              event.currentTarget.blur()
            }}
          />
          <span class="act-key" aria-hidden="true">
            {KEYS.find}
          </span>
        </label>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard. */}
      <ol class="line-list" data-testid="hall-list" tabIndex={0} aria-labelledby="here-title">
        {shown.map((leg) => (
          <li key={leg.ticketId} class={leg.ticketId === open ? 'here here--open' : 'here'}>
            <button
              type="button"
              class="here-ticket"
              data-testid={`here-${leg.number}`}
              onClick={() => choose(leg)}
            >
              <strong class="row-number number">{leg.number}</strong>
              <span class="row-service">
                <span class={`here-state here-state--${leg.state}`}>{stateWords(site, leg)}</span>
                {serviceName(site, leg.serviceId)}
              </span>
              {leg.state === 'waiting' && <span class="row-waited number">{waited(leg, now)}</span>}
            </button>
            {leg.state === 'missed' && (
              <KeyButton
                name={`rejoin-${leg.number}`}
                label={t('deed-rejoin')}
                keySign={null}
                pending={work.pending.value}
                disabled={blocked}
                onPress={(by) => {
                  choose(leg)
                  work.ask('rejoin', by)
                }}
              />
            )}
          </li>
        ))}
        {list.value.length > SHOWN && (
          <li class="line-more">{t('more', { n: list.value.length - SHOWN })}</li>
        )}
        {shown.length === 0 && (
          <li class="line-none" data-testid="none-here">
            <strong>{t(typed.value === '' ? 'nobody' : 'not-found')}</strong>
            <span>{t(typed.value === '' ? 'nobody-lead' : 'not-found-lead')}</span>
          </li>
        )}
      </ol>
    </section>
  )
}

function waited({ arrivedAt }: Leg, now: number): string {
  const minutes = minutesSince(arrivedAt, now)
  return minutes === 0 ? said('minutes-none') : said('minutes', { n: minutes })
}
