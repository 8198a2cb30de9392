import './paper-page.css'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { localised } from '#ui/i18n.ts'
import type { Shift } from '../shift.ts'
import { type ListRow, listOf } from './last-list.ts'
import { printList } from './print-list.tsx'
import { t } from './words.ts'

/** How often the server is looked for, ms. */
const AGAIN = 5_000

interface Props {
  shift: Shift
  /** What was kept. */
  text: string
  /** Shown when that is no list of today. */
  children: ComponentChildren
}

/** A console that was opened with the server away: its last list, to read and to print. [PAPER7] */
export function LastListPage({ shift, text, children }: Props) {
  const list = listOf(text, Date.now())
  useEffect(() => {
    const look = () => void shift.resume()
    const timer = setInterval(look, AGAIN)
    addEventListener('online', look)
    return () => {
      clearInterval(timer)
      removeEventListener('online', look)
    }
  }, [])
  if (!list) return <>{children}</>
  return (
    <div class="last-list" data-testid="last-list">
      {list.practice && <PracticeBand />}
      <LostNotice lastHeard={list.asOf} timeZone={list.timeZone}>
        <Button tone="primary" icon="printer" data-testid="print-list" onClick={() => printList(list)}>
          {t('print')}
        </Button>
      </LostNotice>
      <main>
        <header class="last-head">
          <h1>
            {localised(list.siteName)} · {t('for-counter', { number: list.counter })}
          </h1>
          <LanguageSwitch />
        </header>
        <p class="last-lead">{t('list-lead')}</p>
        <p class="quiet">{t('list-trying')}</p>
        {list.desk !== null && (
          <p class="last-desk">
            {t('at-the-counter')} <b class="number">{list.desk}</b>
          </p>
        )}
        <Part title={t('list-here')} rows={list.here} />
        {list.lanes.map(({ letter, name, rows }) => (
          <Part key={letter} title={`${letter} ${localised(name)}`} rows={rows} />
        ))}
      </main>
    </div>
  )
}

function Part({ title, rows }: { title: string; rows: readonly ListRow[] }) {
  return (
    <section class="last-part">
      <h2>
        {title} <b class="number">{rows.length}</b>
      </h2>
      {rows.length === 0 && <p class="quiet">{t('list-none')}</p>}
      <ol>
        {rows.map(({ number, service, state }, index) => (
          <li key={index} class="last-row">
            <strong class="number">{number}</strong>
            <span>{localised(service)}</span>
            {state !== 'waiting' && <b class="last-state">{t(state)}</b>}
          </li>
        ))}
      </ol>
    </section>
  )
}
