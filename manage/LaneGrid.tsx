import type { SiteView } from '#protocol/api.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon, type IconName } from '#ui/components/Icon.tsx'
import { localised } from '#ui/i18n.ts'
import { type LaneCard, type LaneState, minutesOf } from './model.ts'
import { adviceSentence, bound, list } from './sentences.ts'
import { t } from './words.ts'

/** How many tickets past the cap are named; the others are counted. */
const NAMED = 3

const LOOK: Record<LaneState, { tone: 'plain' | 'jade' | 'amber' | 'madder'; icon: IconName }> = {
  unserved: { tone: 'madder', icon: 'warning' },
  'over-cap': { tone: 'madder', icon: 'warning' },
  'past-target': { tone: 'amber', icon: 'clock' },
  'in-time': { tone: 'jade', icon: 'check' },
  empty: { tone: 'plain', icon: 'leaf' },
}

export function LaneGrid({ cards, site }: { cards: LaneCard[]; site: SiteView }) {
  return (
    <section aria-label={t('lanes')}>
      <ul class="lanes">
        {cards.map((card) => (
          <LaneTile key={card.lane.id} card={card} site={site} />
        ))}
      </ul>
    </section>
  )
}

/** One lane: how long, against what, and what would help. [MANAGE2] */
function LaneTile({ card, site }: { card: LaneCard; site: SiteView }) {
  const { lane, now, state, open } = card
  const { tone, icon } = LOOK[state]
  return (
    <li class={`lane lane--${state}`} data-testid={`lane-${lane.id}`} data-state={state}>
      <header class="lane-head">
        <span class="lane-letter number">{lane.letter}</span>
        <h2 class="lane-name">{localised(lane.name)}</h2>
        <Chip tone={tone} icon={icon}>
          {stateWords(card)}
        </Chip>
      </header>
      <p class="lane-counts">
        <span>
          {now.waiting > 0 ? t('lane-waiting', { n: now.waiting }) : t('lane-nobody')}
          {now.longest !== null && (
            <span class="lane-longest">{t('lane-longest', { n: minutesOf(now.longest) })}</span>
          )}
        </span>
        <span class="quiet">
          {open.length > 0 ? t('lane-open', { counters: list(open) }) : t('lane-none-open')}
        </span>
      </p>
      <Bar card={card} cap={site.rules?.hardCap ?? null} />
      {now.overCap.length > 0 && <p class="lane-late">{lateWords(card)}</p>}
      {now.advice.length > 0 && (
        <p class="lane-advice" data-testid={`advice-${lane.id}`}>
          <Icon name="next" />
          <span>{bound(adviceSentence(now.advice, site))}</span>
        </p>
      )}
    </li>
  )
}

function stateWords({ state, now, pastTarget }: LaneCard): string {
  switch (state) {
    case 'unserved':
      return t('lane-unserved')
    case 'over-cap':
      return t('lane-over-cap', { n: now.overCap.length })
    case 'past-target':
      return t('lane-past-target', { n: pastTarget })
    case 'in-time':
      return t('lane-in-time')
    case 'empty':
      return t('lane-empty')
  }
}

function lateWords({ now: { overCap } }: LaneCard): string {
  const named = overCap
    .slice(0, NAMED)
    .map(({ number, waited }) => t('ticket-waited', { number, n: minutesOf(waited) }))
  if (overCap.length > NAMED) named.push(t('over-cap-more', { n: overCap.length - NAMED }))
  return list(named)
}

/** The longest wait against the cap and the promise: a length and two marks, each with its words. */
function Bar({ card, cap }: { card: LaneCard; cap: number | null }) {
  const { bar, now, target, state } = card
  const longest = now.longest === null ? null : minutesOf(now.longest)
  const says =
    longest === null || cap === null ? t('lane-nobody') : t('bar-says', { longest, cap: minutesOf(cap) })
  return (
    <div class={`wait wait--${state}`} role="img" aria-label={says}>
      <span class="wait-track">
        {bar.longest > 0 && <span class="wait-fill" style={{ width: part(bar.longest) }} />}
      </span>
      {bar.target !== null && target !== null && (
        <Mark at={bar.target} kind="target" words={t('bar-target', { n: minutesOf(target) })} />
      )}
      {bar.cap !== null && cap !== null && (
        <Mark at={bar.cap} kind="cap" words={t('bar-cap', { n: minutesOf(cap) })} />
      )}
    </div>
  )
}

function Mark({ at, kind, words }: { at: number; kind: 'target' | 'cap'; words: string }) {
  return (
    <span class={`wait-mark wait-mark--${kind}`} style={{ insetInlineStart: part(at) }}>
      <span class="wait-words number">{words}</span>
    </span>
  )
}

function part(of: number): string {
  return `${Math.round(of * 1_000) / 10}%`
}
