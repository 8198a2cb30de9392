import type { SiteView } from '#protocol/api.ts'
import type { PadVerb } from '#protocol/device.ts'
import { Button } from '#ui/components/Button.tsx'
import type { IconName } from '#ui/components/Icon.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { errorWords } from '#ui/error-words.ts'
import { hourMinuteSecond } from '#ui/i18n.ts'
import { PAD_KEYS, type PadState, verbsOf } from './pad-state.ts'
import type { Presses, Word } from './presses.ts'
import { t } from './words.ts'

const ICONS: Record<PadVerb, IconName> = {
  'call-next': 'bell',
  recall: 'repeat',
  start: 'person',
  complete: 'check',
  'no-show': 'close',
}

interface Props {
  site: SiteView
  counter: string
  /** What this pad is called. */
  name: string
  state: PadState
  /** Out of touch: what is shown may be old, and nothing can be pressed. */
  lost: { lastHeard: number | null } | null
  presses: Presses
}

/** The number at the counter, and what may be pressed. [PAD4] */
export function Pad({ site, counter, name, state, lost, presses }: Props) {
  const setting = site.counters.find(({ id }) => id === counter)
  const word = presses.word.value
  const verbs = lost ? [] : verbsOf(state)
  return (
    <>
      {site.practice && <PracticeBand />}
      <div class="pad" data-testid="pad" data-at={state.at}>
        <header class="pad-top">
          <h1>{t('counter', { number: setting?.number ?? counter })}</h1>
          <span class="quiet">{name}</span>
          <LanguageSwitch />
        </header>
        {lost && (
          <LostNotice lastHeard={lost.lastHeard} timeZone={site.timeZone}>
            <span>{t('lost-advice')}</span>
          </LostNotice>
        )}
        <main class={lost ? 'pad-main pad-main--old' : 'pad-main'} aria-live="polite">
          {'number' in state && (
            <p class="pad-number number" data-testid="pad-number">
              {state.number}
            </p>
          )}
          <p class={'number' in state ? 'pad-state' : 'pad-state pad-state--alone'} data-testid="pad-state">
            {lost ? wordsThen(state, lost.lastHeard, site.timeZone) : stateWords(state)}
          </p>
          {word && !lost && (
            <p class="pad-word" role="alert" data-testid="pad-word">
              {wordWords(word)}
            </p>
          )}
        </main>
        <div class="pad-buttons">
          {verbs.map((verb, place) => (
            <Button
              key={verb}
              class={place === 0 ? 'pad-main-button' : 'pad-button'}
              tone={place === 0 ? 'primary' : 'plain'}
              icon={ICONS[verb]}
              busy={presses.pending.value === verb}
              disabled={presses.pending.value !== null && presses.pending.value !== verb}
              aria-keyshortcuts={PAD_KEYS[verb]}
              data-testid={verb}
              onClick={(event) => void presses.press(verb, event.detail > 1)}
            >
              {t(verb)}
              <span class="pad-key" aria-hidden="true">
                {PAD_KEYS[verb]}
              </span>
            </Button>
          ))}
        </div>
      </div>
    </>
  )
}

function stateWords(state: PadState): string {
  switch (state.at) {
    case 'free':
      return state.waiting === 0 ? t('nobody-waits') : t('waiting', { n: state.waiting })
    case 'called':
      return state.calls !== null && state.calls > 1 ? t('called-again', { n: state.calls }) : t('called')
    default:
      return t(state.at)
  }
}

/** What was known last, and when: it may be otherwise by now. */
function wordsThen(state: PadState, lastHeard: number | null, timeZone: string): string {
  return lastHeard === null
    ? ''
    : t('as-of', { time: hourMinuteSecond(lastHeard, timeZone), state: stateWords(state) })
}

function wordWords(word: Word): string {
  if (word.type === 'nobody') return t('nobody')
  return word.key === 'stale' ? t('stale') : errorWords(word.key, word.facts)
}
