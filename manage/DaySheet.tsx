import type { ComponentChildren } from 'preact'
import type { DayReport, SiteView } from '#protocol/api.ts'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { hourMinute, localised } from '#ui/i18n.ts'
import { dayWords, minutesOf, minutesText, percent } from './model.ts'
import { RatingTable } from './RatingPart.tsx'
import { helpSentence, lateSentence, reasonWords } from './sentences.ts'
import { t } from './words.ts'

/** How many late waits are on the sheet; the file has them all. */
const LATE_SHOWN = 30

/** A day on paper: what happened, how long people waited, and why. */
export function DaySheet({ report, site }: { report: DayReport; site: SiteView }) {
  const { waits, issued, served, hardCap } = report
  return (
    <article class="sheet" data-testid="sheet-of-day">
      <header class="sheet-head">
        <div>
          <p class="sheet-site">{localised(site.name)}</p>
          <h1>
            {t('day-title')} <span class="sheet-day">{dayWords(report.day)}</span>
          </h1>
        </div>
        <div class="sheet-mark">
          <Wordmark />
          <p class="quiet">{t('day-made', { time: hourMinute(report.at, site.timeZone) })}</p>
        </div>
      </header>
      <dl class="sheet-figures">
        <Big label={t('issued')} value={issued} id="issued" />
        <Big label={t('served')} value={served} id="served" />
        <Big label={t('median-wait')} value={minutesText(waits.median)} unit={t('minutes')} id="median" />
        <Big label={t('p90-wait')} value={minutesText(waits.p90)} unit={t('within-minutes')} id="p90" />
        <Big
          label={t('over-cap')}
          value={report.late.length}
          note={t('cap-is', { n: minutesOf(hardCap) })}
          id="over-cap"
        />
      </dl>
      {issued === 0 ? (
        <p class="sheet-empty">
          <strong>{t('day-empty')}</strong>
          <span class="quiet">{t('day-empty-lead')}</span>
        </p>
      ) : (
        <Parts report={report} site={site} />
      )}
      <footer class="sheet-note">{t('note-method')}</footer>
    </article>
  )
}

function Parts({ report, site }: { report: DayReport; site: SiteView }) {
  const { waits, classes, left, paper, holds, exceptions, late, issued } = report
  const counted = exceptions.filter(({ undone }) => !undone).length
  const time = (at: number) => hourMinute(at, site.timeZone)
  return (
    <>
      <Part title={t('part-tickets')}>
        <dl class="outcomes">
          {(['served', 'cancelled', 'sentHome', 'notBack', 'inside'] as const).map((key) => (
            <div class="outcome" key={key}>
              <dt>{t(OUTCOME[key])}</dt>
              <dd class="number">{report[key]}</dd>
            </div>
          ))}
        </dl>
        <p class="sheet-line">
          {t('missed-calls', { n: report.missedCalls, back: report.rejoined })}
          <span class="sheet-sep" aria-hidden="true" />
          {classes.care === null
            ? t('care-later')
            : t('care-share', { n: classes.care, share: percent(classes.care / issued) })}
        </p>
      </Part>
      <Part title={t('part-waits')} note={t('minutes')}>
        <table class="table table--figures">
          <thead>
            <tr>
              <th />
              <Heads names={[t('count'), t('median'), t('p90'), t('longest'), t('over-cap')]} />
            </tr>
          </thead>
          <tbody>
            <Row name={t('all')} cells={spreadCells(waits)} />
            {classes.waits ? (
              <>
                <Row name={t('ordinary')} cells={spreadCells(classes.waits.ordinary)} />
                <Row name={t('care')} cells={spreadCells(classes.waits.care)} />
              </>
            ) : (
              <tr>
                <th scope="row">{`${t('ordinary')} / ${t('care')}`}</th>
                <td class="cell-note" colSpan={5}>
                  {t(classes.care === null ? 'unknown' : 'too-few')}
                </td>
              </tr>
            )}
            {paper.calls > 0 && (
              <Row name={t('called-on-paper', { n: paper.calls })} cells={spreadCells(paper.waits)} />
            )}
            {left.count > 0 && <Row name={t('left-unserved')} cells={spreadCells(left)} />}
          </tbody>
        </table>
      </Part>
      <Part title={t('part-services')} note={t('minutes')}>
        <table class="table table--figures">
          <thead>
            <tr>
              <th />
              <Heads
                names={[
                  t('served-count'),
                  t('median'),
                  t('p90'),
                  t('longest'),
                  t('over-cap'),
                  t('in-target'),
                  t('serving-median'),
                ]}
              />
            </tr>
          </thead>
          <tbody>
            {report.services.map(({ serviceId, name, served, waits: own, target, serving }) => (
              <Row
                key={serviceId}
                name={localised(name)}
                cells={[
                  served,
                  minutesText(own.median),
                  minutesText(own.p90),
                  minutesText(own.longest),
                  own.overCap,
                  target && target.of > 0
                    ? t('target-of', { within: target.within, of: target.of, n: minutesOf(target.wait) })
                    : t('unknown'),
                  minutesText(serving.median),
                ]}
              />
            ))}
          </tbody>
        </table>
      </Part>
      <Part title={t('part-ratings')}>
        <RatingTable ratings={report.ratings} />
      </Part>
      <Part title={t('part-late')} note={late.length > 0 ? String(late.length) : undefined}>
        {late.length === 0 && <p class="sheet-line">{t('late-none')}</p>}
        {late.length > 0 && (
          <table class="table table--lines">
            <thead>
              <tr>
                <th>{t('number')}</th>
                <Heads names={[t('waited')]} />
                <th>{t('why')}</th>
              </tr>
            </thead>
            <tbody>
              {late.slice(0, LATE_SHOWN).map((one, index) => (
                <tr key={`${one.number} ${index}`} data-testid={`late-${one.number}`}>
                  <th scope="row" class="number">
                    {one.number}
                  </th>
                  <td class="number">{minutesOf(one.wait)}</td>
                  <td class="cell-words">
                    {one.ended !== 'called' && <strong class="cell-ended">{t(`ended-${one.ended}`)}</strong>}
                    {lateSentence(one)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {late.length > LATE_SHOWN && (
          <p class="sheet-line">{t('late-more', { n: late.length - LATE_SHOWN })}</p>
        )}
      </Part>
      <Part
        title={t('part-exceptions')}
        note={exceptions.length > 0 ? t('exceptions-counted', { n: counted }) : undefined}
      >
        {exceptions.length === 0 && <p class="sheet-line">{t('exceptions-none-day')}</p>}
        {exceptions.length > 0 && (
          <table class="table table--lines">
            <thead>
              <tr>
                <th>{t('time')}</th>
                <th>{t('number')}</th>
                <th>{t('what')}</th>
                <th>{t('reason')}</th>
              </tr>
            </thead>
            <tbody>
              {exceptions.map(({ at, number, kind, counter, reason, undone }) => (
                <tr key={`${at} ${number} ${kind}`}>
                  <td class="number">{time(at)}</td>
                  <th scope="row" class="number">
                    {number}
                  </th>
                  <td class="cell-words">
                    {t(`exception-${kind}`)}
                    {counter !== null && ` · ${t('counter', { number: counter })}`}
                  </td>
                  <td class="cell-words">
                    {[reasonWords(reason), undone ? t('was-undone') : ''].filter(Boolean).join(' · ') ||
                      t('unknown')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Part>
      <Part title={t('part-help')}>
        <p class="sheet-line">{helpSentence(report.help)}</p>
      </Part>
      <Part title={t('part-holds')}>
        <p class="sheet-line">
          {holds.count === 0
            ? t('holds-none')
            : t('holds-sum', {
                n: holds.count,
                total: minutesOf(holds.total),
                longest: minutesOf(holds.longest ?? 0),
                old: holds.old,
              })}
        </p>
        {holds.count > 0 && (
          <p class="sheet-line quiet">
            {(['fetching', 'papers-kept', 'another-step'] as const)
              .filter((kind) => holds.kinds[kind] > 0)
              .map((kind) => t('holds-kind', { kind: t(`hold-${kind}`), n: holds.kinds[kind] }))
              .join(' · ')}
          </p>
        )}
      </Part>
    </>
  )
}

const OUTCOME = {
  served: 'served',
  cancelled: 'cancelled',
  sentHome: 'sent-home',
  notBack: 'not-back',
  inside: 'inside',
} as const

function spreadCells(spread: {
  count: number
  median: number | null
  p90: number | null
  longest?: number | null
  overCap: number
}): (string | number)[] {
  const { count, median, p90, longest, overCap } = spread
  return [count, minutesText(median), minutesText(p90), minutesText(longest ?? null), overCap]
}

interface BigProps {
  id: string
  label: string
  value: string | number
  unit?: string
  note?: string
}

function Big({ id, label, value, unit, note }: BigProps) {
  return (
    <div class="sheet-figure">
      <dt>{label}</dt>
      <dd class="number" data-testid={`day-${id}`}>
        {value}
        {unit && <span class="sheet-unit">{unit}</span>}
      </dd>
      {note && <dd class="sheet-small">{note}</dd>}
    </div>
  )
}

interface PartProps {
  title: string
  note?: string | undefined
  children: ComponentChildren
}

function Part({ title, note, children }: PartProps) {
  return (
    <section class="part">
      <h2 class="part-head">
        {title}
        {note && <span class="part-note">{note}</span>}
      </h2>
      {children}
    </section>
  )
}

function Heads({ names }: { names: string[] }) {
  return (
    <>
      {names.map((name) => (
        <th key={name} scope="col" class="cell-figure">
          {name}
        </th>
      ))}
    </>
  )
}

function Row({ name, cells }: { name: string; cells: (string | number)[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((cell, index) => (
        <td key={index} class="number cell-figure">
          {cell}
        </td>
      ))}
    </tr>
  )
}
