import type { SiteView } from '#protocol/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { dayAndWeekday, hourMinute, hourMinuteSecond, localised, otherwise, waitWords } from '#ui/i18n.ts'
import type { Reading, Screen } from '#ui/reading-distance.ts'
import { shared } from '#ui/words.ts'
import { NowCalling } from './NowCalling.tsx'
import { Second } from './Second.tsx'
import {
  type Foot,
  footSize,
  isCrowded,
  NEWS,
  type Wall as OnWall,
  type WallCall,
  type WallCounter,
  type WallLane,
} from './wall.ts'
import { also, secondLanguage, t } from './words.ts'
import type { Part } from './zone.ts'

/** A hall's name of more signs than this takes a second line, smaller. */
const LONG = 20

interface Props {
  site: SiteView
  /** Null: nothing was ever received. */
  wall: OnWall | null
  /** Server time, ms. */
  now: number
  /** It is old: the server was lost, or this page comes back and has only what was kept. */
  stale: Stale | null
  part: Part | null
  /** A zone that was asked for and is not there. */
  unknownZone: string | null
  /** What stands at the foot while nothing is said. */
  foot: Foot
  /** The picture of the notice at the foot. */
  picture: string | null
  caption: string | null
  soundBlocked: boolean
  screen: Screen
  reading: Reading
}

interface Stale {
  /** Server time of the last word, ms. */
  lastHeard: number | null
  back: boolean
}

/** Everything the hall sees. */
export function Wall(props: Props) {
  const { site, wall, now, stale, part, unknownZone, foot, picture, caption, soundBlocked } = props
  const asOf = stale?.lastHeard ? hourMinute(stale.lastHeard, site.timeZone) : null
  const welcoming = !stale && wall?.large.length === 0
  const alone = props.reading.stand === 'alone' && !stale && !welcoming
  const news = wall?.large.some(({ at }) => now - at < NEWS)
  const crowded = wall !== null && isCrowded(wall)
  const framed = !stale && !news && caption === null ? picture : null
  return (
    <main
      class={[
        'wall',
        stale && 'wall--lost',
        welcoming && 'wall--welcoming',
        welcoming && framed && 'wall--framed',
        alone && 'wall--alone',
        crowded && 'wall--crowded',
      ]
        .filter(Boolean)
        .join(' ')}
    >
      <header class="wall-head">
        <Wordmark />
        <h1 class={[...localised(site.name)].length > LONG ? 'wall-name wall-name--long' : 'wall-name'}>
          {part && (
            <span class="wall-zone">
              {localised(part.name)} <Second text={otherwise(part.name)} />
            </span>
          )}
          {localised(site.name)} <Second text={otherwise(site.name)} />
        </h1>
        {unknownZone && <Trouble text={t('unknownZone', { zone: unknownZone })} />}
        {!props.reading.enough && (
          <Trouble
            text={t('tooSmall', {
              metres: props.reading.metres.toFixed(1),
              wanted: site.display.readingDistance ?? '',
            })}
          />
        )}
        {site.demo && !site.practice && <span class="wall-demo">{shared('demo')}</span>}
        <p class="wall-date">{dayAndWeekday(now, site.timeZone)}</p>
        <time class="wall-clock number">{hourMinute(now, site.timeZone)}</time>
      </header>

      {stale ? (
        <Lost stale={stale} timeZone={site.timeZone} />
      ) : (
        <NowCalling calls={wall?.large ?? []} now={now} screen={props.screen} alone={alone} />
      )}

      {wall && !alone && (
        <>
          {framed ? (
            <img class="last wall-picture" src={framed} alt="" data-testid="picture" />
          ) : (
            !welcoming && <LastCalls calls={stale ? [...wall.large, ...wall.last] : wall.last} asOf={asOf} />
          )}
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
    <span
      class={`caption-idle caption-idle--${foot.at} caption-idle--${footSize(first, second)}`}
      key={first}
      data-testid="foot"
    >
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

/** For whoever set the screen up. */
function Trouble({ text }: { text: string }) {
  return (
    <p class="wall-trouble" data-testid="trouble">
      {text}
    </p>
  )
}

/** Not the wall of a moment ago with a note on it: what is old stops looking current. */
function Lost({ stale: { lastHeard, back }, timeZone }: { stale: Stale; timeZone: string }) {
  const title = back ? 'back' : 'lost'
  const time = lastHeard === null ? null : hourMinuteSecond(lastHeard, timeZone)
  return (
    <section class="now now--lost" role="alert" data-testid="lost">
      <Icon name="unplugged" />
      <p class="lost-title">{t(title)}</p>
      <p class="lost-second" lang={secondLanguage()}>
        {also(title)}
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
              <span class="lane-title" title={localised(lane.name)}>
                {localised(lane.name)}
              </span>
              {lane.unserved ? (
                <span class="lane-unserved" data-testid={`unserved-${lane.id}`}>
                  {t('noCounter')} <Second text={also('noCounter')} />
                </span>
              ) : (
                <Second text={otherwise(lane.name)} />
              )}
            </span>
            <span class="lane-count">
              {lane.wait && asOf === null && (
                <span class="lane-wait" data-testid={`wait-${lane.id}`}>
                  {waitWords(lane.wait)}
                </span>
              )}
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
