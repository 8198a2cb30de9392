import { fill, type Language } from '#ui/i18n.ts'
import { isLong, type Screen, type Stand, sizeOf } from '#ui/reading-distance.ts'
import { Second } from './Second.tsx'
import { NEWS, type WallCall } from './wall.ts'
import { also, messages, t } from './words.ts'

interface NowProps {
  calls: WallCall[]
  now: number
  screen: Screen
  /** Over the whole screen, to be read from far away. [WALL13] */
  alone: boolean
}

/** The calls that stand large, or the welcome before the first. */
export function NowCalling({ calls, now, screen, alone }: NowProps) {
  const [newest] = calls
  if (!newest) return <Welcome />
  const label = newest.answer === 'awaited' ? 'nowCalling' : 'latestCall'
  return (
    <section class="now" data-count={calls.length} aria-live="assertive">
      <h2 class="now-label">
        {t(label)} <Second text={also(label)} />
      </h2>
      <ol class="now-list">
        {calls.map((call, index) => (
          <LargeCall
            key={call.callId}
            call={call}
            news={now - call.at < NEWS}
            newest={index === 0}
            screen={screen}
            stand={alone ? 'alone' : (Math.min(calls.length, 3) as 1 | 2 | 3)}
          />
        ))}
      </ol>
    </section>
  )
}

/** One call, large. The key of the list is the call's id, so a recall comes in, and flashes, anew. */
function LargeCall({
  call,
  news,
  newest,
  screen,
  stand,
}: {
  call: WallCall
  news: boolean
  newest: boolean
  screen: Screen
  stand: Stand
}) {
  const { number, place } = sizeOf(screen, stand, isLong(call.number, call.counter), call.language)
  const other = call.language === 'en' ? 'zh-CN' : 'en'
  return (
    <li
      class={`call call--${call.answer}${news ? ' call--news' : ''}`}
      style={{ '--size': `${number}rem`, '--place': place }}
    >
      <strong class="call-number number" data-testid={newest ? 'now-number' : undefined}>
        {call.number}
      </strong>
      {news && call.again && <span class="call-again">{t('again')}</span>}
      <span class="call-to">
        <Arrow />
        <span class="call-counter">
          <span class="call-place" lang={call.language} data-testid={newest ? 'now-counter' : undefined}>
            <Place number={call.counter} language={call.language} />
          </span>
          <span class="second" lang={other}>
            {fill(messages[other].counter ?? '', { number: call.counter })}
          </span>
        </span>
      </span>
    </li>
  )
}

/** `3 号窗口`, its number larger than the words around it: that is what is looked for across the hall. */
function Place({ number, language }: { number: string; language: Language }) {
  const [before, after] = (messages[language].counter ?? '').split('{number}')
  return (
    <>
      {before}
      <b class="call-place-number number">{number}</b>
      {after}
    </>
  )
}

function Arrow() {
  return (
    <svg class="call-arrow" viewBox="0 0 60 40" aria-hidden="true" focusable="false">
      <path d="M4 20h44M34 5l17 15-17 15" />
    </svg>
  )
}

function Welcome() {
  return (
    <section class="now now--welcome">
      <Sunrise />
      <p class="welcome-title">
        {t('welcome')} <Second text={also('welcome')} />
      </p>
      <p class="welcome-lead">{t('welcomeLead')}</p>
      <ol class="welcome-steps">
        {(['stepTake', 'stepWait', 'stepGo'] as const).map((step, index) => (
          <li key={step} class="welcome-step">
            <span class="welcome-count number">{index + 1}</span>
            <span>
              {t(step)}
              <Second text={also(step)} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The sun of the wordmark, coming up. */
function Sunrise() {
  return (
    <svg class="sunrise" viewBox="0 0 400 150" aria-hidden="true" focusable="false">
      <path class="sunrise-core" d="M120 140a80 80 0 0 1 160 0z" />
      <path
        class="sunrise-rays"
        d="M200 10v32M132 29l16 28M268 29l-16 28M83 78l28 16M317 78l-28 16M40 140h320"
      />
    </svg>
  )
}
