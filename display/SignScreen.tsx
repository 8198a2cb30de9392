import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { hourMinuteSecond } from '#ui/i18n.ts'
import { Second } from './Second.tsx'
import { signOf } from './sign.ts'
import { also, t } from './words.ts'

interface Props {
  site: SiteView
  board: PublicBoard | null
  counter: string
  /** Server time, ms. */
  now: number
  stale: { lastHeard: number | null } | null
}

const WORDS = {
  calling: 'signCalling',
  serving: 'signServing',
  open: 'signOpen',
  paused: 'signPaused',
  closed: 'signClosed',
} as const

/** A counter's own sign, in one line: its number, who is called there, and what it is doing, in words. [SIGN1] */
export function SignScreen({ site, board, counter, now, stale }: Props) {
  const sign = board ? signOf(board, site, counter, now) : null
  if (!sign) {
    return (
      <main class="sign sign--unknown">
        <p class="sign-words">{board ? t('unknownCounter', { counter }) : t('lostNever')}</p>
      </main>
    )
  }
  const state = stale ? 'stale' : sign.state
  const news = sign.news && !stale
  return (
    <main class={`sign sign--${state}${news ? ' sign--news' : ''}`} data-testid="sign">
      <p class="sign-counter">
        <b class="number">{sign.counter}</b>
        <span class="sign-counter-words">
          {t('counter', { number: '' }).trim()} <Second text={also('counter', { number: sign.counter })} />
        </span>
      </p>
      {/* Another call, also of the same number, is another element: it flashes anew. */}
      <p class="sign-ticket number" key={sign.callId ?? sign.ticket ?? ''} data-testid="sign-ticket">
        {sign.ticket ?? '—'}
      </p>
      <p class="sign-words" aria-live="assertive">
        {stale ? (
          <>
            <Icon name="unplugged" />
            <span>
              {stale.lastHeard === null
                ? t('lostNever')
                : t('lostSince', { time: hourMinuteSecond(stale.lastHeard, site.timeZone) })}
            </span>
          </>
        ) : (
          <>
            {news && <SignArrow />}
            <span data-testid="sign-words">
              {t(WORDS[sign.state])}
              <Second text={also(WORDS[sign.state])} />
            </span>
          </>
        )}
      </p>
    </main>
  )
}

/** Points at the window under the sign: a call is told by its shape, too. */
function SignArrow() {
  return (
    <svg class="sign-arrow" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <path d="M20 5v28M8 21l12 13 12-13" />
    </svg>
  )
}
