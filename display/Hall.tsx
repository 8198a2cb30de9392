import { type Signal, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { dayAt } from '#ui/hours.ts'
import { language } from '#ui/i18n.ts'
import { watchPublic } from '#ui/live.ts'
import { createSpeaker, type Speaker, type SpeakerState } from './speaker.ts'
import { Wall } from './Wall.tsx'
import { answered, counterNumber, footOf, type Heard, toAnnounce, wallOf } from './wall.ts'
import { secondLanguage } from './words.ts'

/** How often the wall is looked at anew, ms: the clock turns, a call stops being news. */
const TICK = 1_000
/** The server tells its time right after the first board; what is old news is judged by it, ms. */
const CLOCK_COMES = 300

interface Props {
  site: Signal<SiteView | null>
  token: string
  api: Api
  onRevoked: () => void
}

/** The hall, live: the board on the wall, and each new call said aloud. */
export function Hall({ site, token, api, onRevoked }: Props) {
  const siteId = site.peek()?.id ?? ''
  const live = useMemo(() => watchPublic({ siteId, token }), [siteId, token])
  const now = useSignal(live.clock())
  const caption = useSignal<string | null>(null)
  const sound = useSignal<SpeakerState | null>(null)

  useEffect(() => {
    const timer = setInterval(() => {
      now.value = live.clock()
    }, TICK)
    return () => {
      clearInterval(timer)
      live.close()
    }
  }, [live, now])

  useSignalEffect(() => {
    if (live.link.value === 'revoked') onRevoked()
  })

  // The hall was set up anew: its counters and lanes may have changed.
  useSignalEffect(() => {
    const revision = live.board.value?.revision
    if (revision === undefined || revision === site.peek()?.revision) return
    api.site(siteId).then(
      (fresh) => {
        site.value = fresh
      },
      () => {}, // The next change of the board asks again.
    )
  })

  useEffect(() => {
    const speaker = openSpeaker({
      clock: { now: live.clock },
      settings: () => ({ languages: [language.value, secondLanguage()], one: 'yao' }),
      onCaption: (text) => {
        caption.value = text
      },
      onState: (state) => {
        sound.value = state
      },
    })
    let heard: Heard | null = null
    let first: ReturnType<typeof setTimeout> | undefined
    const listen = () => {
      const board = live.board.peek()
      const hall = site.peek()
      if (!board || !hall) return
      const news = toAnnounce(board, heard, live.clock())
      heard = news.heard
      for (const { callId, number, counterId, at } of news.calls) {
        speaker?.announce({ id: callId, number, counter: counterNumber(hall, counterId), at })
      }
      for (const callId of answered(board)) speaker?.withdraw(callId)
    }
    const stop = live.board.subscribe((board) => {
      if (heard !== null) listen()
      else if (board !== null) first ??= setTimeout(listen, CLOCK_COMES)
    })
    return () => {
      stop()
      clearTimeout(first)
      speaker?.dispose()
    }
  }, [live, site, caption, sound])

  const board = live.board.value
  const hall = site.value
  const lost = live.link.value === 'lost'
  if (!hall || (!board && !lost)) return <Loading />
  const today = dayAt(now.value, hall)
  return (
    <Wall
      site={hall}
      wall={board ? wallOf(board, hall, now.value, today) : null}
      now={now.value}
      lost={lost ? { lastHeard: live.lastHeard.value } : null}
      foot={footOf(board, hall, now.value)}
      caption={caption.value}
      soundBlocked={sound.value === 'blocked'}
    />
  )
}

/** A screen without any sound still shows every call. */
function openSpeaker(options: Parameters<typeof createSpeaker>[0]): Speaker | null {
  try {
    return createSpeaker(options)
  } catch {
    return null
  }
}
