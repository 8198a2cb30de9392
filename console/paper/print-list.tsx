import './paper-list.css'
import { render } from 'preact'
import { hourMinute, hourMinuteSecond, type Language } from '#ui/i18n.ts'
import type { LastList, ListRow } from './last-list.ts'
import { type Sheet, sheetsOf } from './pages.ts'
import { messages } from './words.ts'

/** Prints a list: the sheets lie in the page only while the browser prints. [PAPER9] */
export function printList(list: LastList): void {
  const host = document.createElement('div')
  host.className = 'paper-sheets'
  render(<Sheets list={list} />, host)
  document.body.append(host)
  document.body.classList.add('on-paper')
  addEventListener(
    'afterprint',
    () => {
      document.body.classList.remove('on-paper')
      render(null, host)
      host.remove()
    },
    { once: true },
  )
  print()
}

function Sheets({ list }: { list: LastList }) {
  return (
    <>
      {sheetsOf(list).map((sheet) => (
        <PaperSheet key={sheet.page} list={list} sheet={sheet} />
      ))}
    </>
  )
}

function PaperSheet({ list, sheet }: { list: LastList; sheet: Sheet }) {
  const { siteName, practice, timeZone, asOf, counter, desk } = list
  const { lane, rows, before, page, of } = sheet
  return (
    <section class="paper-sheet" data-testid="paper-sheet">
      <header class="paper-head">
        <div>
          <p class="paper-site">
            {siteName['zh-CN']} <small>{siteName.en}</small>
          </p>
          <h1>
            {lane === null ? (
              <Both word="for-counter" facts={{ number: counter }} />
            ) : (
              <>
                {`${lane.letter} ${lane.name['zh-CN']} `}
                <small>{lane.name.en}</small>
              </>
            )}
          </h1>
        </div>
        <div class="paper-when">
          {practice && (
            <p class="paper-practice">
              <Both word="practice" />
            </p>
          )}
          <p>
            <Both word="as-of" /> <b class="number">{hourMinuteSecond(asOf, timeZone)}</b>
          </p>
          <p class="number">{dayOf(asOf, timeZone)}</p>
          {lane === null && desk !== null && (
            <p>
              <Both word="at-the-counter" /> <b class="number">{desk}</b>
            </p>
          )}
        </div>
      </header>
      <table class="paper-table">
        <thead>
          <tr>
            <th class="paper-n" />
            {(
              ['number', 'service', 'arrived', 'called', 'counter', 'started', 'done', 'no-show'] as const
            ).map((word) => (
              <th key={word} scope="col" class={`paper-${word}`}>
                <Both word={word} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={index} row={row} n={before + index + 1} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
      <footer class="paper-foot">
        <p>
          <Both word="enter-later" />
          {rows.some((row) => row?.ask) && (
            <>
              <br />※ <Both word="ask" />
            </>
          )}
        </p>
        <p class="paper-page number">
          {page} / {of}
        </p>
      </footer>
    </section>
  )
}

/** Columns that are written in by hand. */
const BY_HAND = ['called', 'counter', 'started', 'done', 'no-show'] as const

function Row({ row, n, timeZone }: { row: ListRow | null; n: number; timeZone: string }) {
  return (
    <tr>
      <td class="paper-n number">{row && n}</td>
      <th scope="row" class="paper-number number">
        {row?.number}
        {row?.ask && <sup>※</sup>}
      </th>
      <td class="paper-service">
        {row?.service['zh-CN']}
        {row && row.state !== 'waiting' && (
          <b class="paper-state">
            <Both word={row.state} />
          </b>
        )}
      </td>
      <td class="paper-arrived number">
        {row && (row.arrivedAt === null ? '—' : hourMinute(row.arrivedAt, timeZone))}
      </td>
      {BY_HAND.map((column) => (
        <td key={column} class={`paper-${column}`} />
      ))}
    </tr>
  )
}

type Word = keyof (typeof messages)['zh-CN']

/** Chinese first, English beside it: who writes on it may read either. */
function Both({ word, facts = {} }: { word: Word; facts?: Record<string, string> }) {
  const said = (language: Language) =>
    (messages[language][word] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '')
  return (
    <>
      {said('zh-CN')} <small lang="en">{said('en')}</small>
    </>
  )
}

/** `2025-06-02` at the hall. */
function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}
