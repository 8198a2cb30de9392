import type { SiteView } from '#protocol/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { dayAndWeekday, hourMinute, hourMinuteSecond, localised, otherwise } from '#ui/i18n.ts'
import { shared } from '#ui/words.ts'
import { NowCalling } from './NowCalling.tsx'
import { Second } from './Second.tsx'
import type { Foot, Wall as OnWall, WallCall, WallCounter, WallLane } from './wall.ts'
import { also, secondLanguage, t } from './words.ts'

interface Props {
  site: SiteView
  /** Null: nothing was ever received. */
  wall: OnWall | null
  /** Server time, ms. */
  now: number
  lost: { lastHeard: number | null } | null
  /** What stands at the foot while nothing is said. */
  foot: Foot
  caption: string | null
  soundBlocked: boolean
}

/** Everything the hall sees. */
export function Wall({ site, wall, now, lost, foot, caption, soundBlocked }: Props) {
  const asOf = lost?.lastHeard ? hourMinute(lost.lastHeard, site.timeZone) : null
  const welcoming = !lost && wall?.large.length === 0
  return (
    <main class={`wall${lost ? ' wall--lost' : ''}${welcoming ? ' wall--welcoming' : ''}`}>
      <header class="wall-head">
        <Wordmark />
        <h1 class="wall-name">
          {localised(site.name)} <Second text={otherwise(site.name)} />
        </h1>
        {site.demo && <span class="wall-demo">{shared('demo')}</span>}
        <p class="wall-date">{dayAndWeekday(now, site.timeZone)}</p>
        <time class="wall-clock number">{hourMinute(now, site.timeZone)}</time>
      </header>

      {lost ? (
        <Lost lastHeard={lost.lastHeard} timeZone={site.timeZone} />
      ) : (
        <NowCalling calls={wall?.large ?? []} now={now} />
      )}

      {wall && (
        <>
          {!welcoming && <LastCalls calls={lost ? [...wall.large, ...wall.last] : wall.last} asOf={asOf} />}
          <Counters counters={wall.counters} asOf={asOf} />
          <Waiting lanes={wall.lanes} asOf={asOf} />
        </>
      )}

      <footer class="wall-foot">
        <p class="caption" data-testid="caption" data-saying={caption ? 'true' : 'false'}>
          {caption ? (
            <>
              <Icon name="sound" />
              <span>{caption}</span>
            </>
          ) : (
            <Idle foot={foot} />
          )}
        </p>
        {soundBlocked && (
          <button type="button" class="wall-sound">
            <Icon name="mute" />
            {t('sound')}
          </button>
        )}
      </footer>
    </main>
  )
}

/** Both languages, one over the other. A new text comes in softly where the last one was. [WALL6] */
function Idle({ foot }: { foot: Foot }) {
  const [first, second] =
    foot.at === 'notice' ? [localised(foot.text), otherwise(foot.text)] : [t(foot.at), also(foot.at)]
  return (
    <span class={`caption-idle caption-idle--${foot.at}`} key={first} data-testid="foot">
      {first} <Second text={second} />
    </span>
  )
}

function Heading({ of, asOf }: { of: 'lastCalls' | 'counters' | 'waiting'; asOf: string | null }) {
  return (
    <h2 class="panel-title">
      {t(of)} <Second text={also(of)} />
      {asOf && <span class="panel-asof">{t('asOf', { time: asOf })}</span>}
    </h2>
  )
}

/** Not the wall of a moment ago with a note on it: what is old stops looking current. */
function Lost({ lastHeard, timeZone }: { lastHeard: number | null; timeZone: string }) {
  const time = lastHeard === null ? null : hourMinuteSecond(lastHeard, timeZone)
  return (
    <section class="now now--lost" role="alert" data-testid="lost">
      <Icon name="unplugged" />
      <p class="lost-title">{t('lost')}</p>
      <p class="lost-second" lang={secondLanguage()}>
        {also('lost')}
      </p>
      <p class="lost-since number">{time ? t('lostSince', { time }) : t('lostNever')}</p>
      <p class="lost-advice">
        {t('lostAdvice')} <Second text={also('lostAdvice')} />
      </p>
    </section>
  )
}

function LastCalls({ calls, asOf }: { calls: WallCall[]; asOf: string | null }) {
  return (
    <section class="panel last">
      <Heading of="lastCalls" asOf={asOf} />
      <ol class="last-calls" data-testid="last-calls">
        {calls.map((call) => (
          <li key={call.callId} class={`last-call last-call--${call.answer}`}>
            <span class="last-number number">{call.number}</span>
            <span class="last-to" aria-hidden="true">
              →
            </span>
            <span class="last-counter">{t('counter', { number: call.counter })}</span>
          </li>
        ))}
        {calls.length === 0 && <li class="last-none">{t('noLastCalls')}</li>}
      </ol>
    </section>
  )
}

function Counters({ counters, asOf }: { counters: WallCounter[]; asOf: string | null }) {
  return (
    <section class="panel counters">
      <Heading of="counters" asOf={asOf} />
      <ul class="counter-list" data-many={counters.length > 8 ? 'true' : 'false'}>
        {counters.map((counter) => (
          <li
            key={counter.id}
            class={`counter counter--${stateOf(counter)}`}
            data-testid={`counter-${counter.id}`}
          >
            <span class="counter-name">{t('counterShort', { number: counter.number })}</span>
            <CounterNow counter={counter} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function stateOf(counter: WallCounter): 'busy' | 'free' | 'paused' | 'closed' {
  if (counter.ticket) return 'busy'
  return counter.status === 'open' ? 'free' : counter.status
}

function CounterNow({ counter }: { counter: WallCounter }) {
  const state = stateOf(counter)
  if (state === 'busy') return <span class="counter-now number">{counter.ticket}</span>
  return (
    <span class="counter-now counter-now--word">
      {t(state)} <Second text={also(state)} />
    </span>
  )
}

function Waiting({ lanes, asOf }: { lanes: WallLane[]; asOf: string | null }) {
  return (
    <section class="panel waiting">
      <Heading of="waiting" asOf={asOf} />
      <ul class="lane-list" data-many={lanes.length > 6 ? 'true' : 'false'}>
        {lanes.map((lane) => (
          <li key={lane.id} class={lane.unserved ? 'lane lane--unserved' : 'lane'}>
            <span class="lane-letter number">{lane.letter}</span>
            <span class="lane-name">
              <span class="lane-title">{localised(lane.name)}</span>
              {lane.unserved ? (
                <span class="lane-unserved" data-testid={`unserved-${lane.id}`}>
                  {t('noCounter')} <Second text={also('noCounter')} />
                </span>
              ) : (
                <Second text={otherwise(lane.name)} />
              )}
            </span>
            <span class="lane-count">
              <b class="number" data-testid={`waiting-${lane.id}`}>
                {lane.waiting}
              </b>
              <span class="lane-unit">{t('people')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
