import './tablet.css'
import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import type { Api } from '#ui/api.ts'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import type { Device } from '#ui/device.ts'
import { localised, otherwise } from '#ui/i18n.ts'
import { watchPublic } from '#ui/live.ts'
import { createOwnRating } from '#ui/rating/own-rating.ts'
import { RatingForm } from '#ui/rating/RatingForm.tsx'
import { type Asking, askingAfter } from './tablet.ts'
import { also, t } from './words.ts'

/** The thanks stand so long, ms. */
const THANKS = 4_000

interface Props {
  site: SiteView
  device: Device
  api: Pick<Api, 'rateAtCounter'>
  counter: string
}

/** The tablet at a counter: the hall's name, and after each matter, for a minute, the question how it was. [RATE8] */
export function Tablet({ site, device, api, counter }: Props) {
  const asking = useSignal<Asking | null>(null)
  const live = useMemo(() => {
    const boards: { now: PublicBoard | null; before: PublicBoard | null } = { now: null, before: null }
    const watched = watchPublic({
      siteId: site.id,
      screen: device,
      onEvent: (event, board) => {
        const lay = boards.before?.counters[counter]?.number ?? null
        asking.value = askingAfter(asking.peek(), event, board, counter, lay)
      },
    })
    watched.board.subscribe((board) => {
      boards.before = boards.now
      boards.now = board
    })
    return watched
  }, [site.id, device, counter, asking])
  useEffect(() => () => live.close(), [live])
  useSignalEffect(() => {
    if (live.link.value === 'revoked') void device.forget()
  })

  const setting = site.counters.find(({ id }) => id === counter)
  const lost = live.link.value === 'lost'
  const now = asking.value
  return (
    <div class="tablet" data-testid="tablet">
      {lost && <LostNotice lastHeard={live.lastHeard.value} timeZone={site.timeZone} />}
      {!setting ? (
        <main class="tablet-hall">
          <p>{t('unknownCounter', { counter })}</p>
        </main>
      ) : now && !lost ? (
        <Question
          key={now.seq}
          {...{ asking: now, api, counter, number: setting.number, clock: live.clock }}
          onOver={() => {
            if (asking.peek()?.seq === now.seq) asking.value = null
          }}
        />
      ) : (
        <main class="tablet-hall" data-testid="tablet-hall">
          <Wordmark />
          <h1>{localised(site.name)}</h1>
          <p class="tablet-also">{otherwise(site.name)}</p>
          <p class="tablet-counter">
            {t('counter', { number: setting.number })} · {also('counter', { number: setting.number })}
          </p>
        </main>
      )}
      <footer class="tablet-foot">
        <LanguageSwitch />
      </footer>
    </div>
  )
}

interface QuestionProps extends Pick<Props, 'api' | 'counter'> {
  asking: Asking
  /** What is written above the window. */
  number: string
  clock: () => number
  onOver: () => void
}

function Question({ asking, api, counter, number, clock, onOver }: QuestionProps) {
  const own = useMemo(
    () => createOwnRating((rating) => api.rateAtCounter(counter, { ...rating, number: asking.number })),
    [api, counter, asking],
  )
  const thanked = useSignal(false)
  const { at, until } = own.rated.value
  const end = until ?? asking.until
  const over = thanked.value || at === 'added'

  useEffect(() => {
    const timer = setTimeout(onOver, over ? THANKS : Math.max(end - clock(), 0))
    return () => clearTimeout(timer)
  }, [end, over])

  return (
    <main class="tablet-question">
      <p class="tablet-number">
        {t('counter', { number })} · <b class="number">{asking.number}</b>
      </p>
      {thanked.value ? (
        <p class="rating-thanks" role="status" data-testid="rating-thanks">
          {t('ratingThanks')}
        </p>
      ) : (
        <RatingForm
          own={own}
          service={null}
          twice
          onDone={() => {
            thanked.value = true
          }}
        />
      )}
    </main>
  )
}
