import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import type { Device } from '#ui/device.ts'
import { dayAt } from '#ui/hours.ts'
import { language } from '#ui/i18n.ts'
import { watchPublic } from '#ui/live.ts'
import { isLong, reading, type Screen } from '#ui/reading-distance.ts'
import { keepWalls, type LastWall } from './last-wall.ts'
import { picturesOf } from './pictures.ts'
import { SignScreen } from './SignScreen.tsx'
import { createSpeaker, type Speaker, type SpeakerState } from './speaker.ts'
import { Wall } from './Wall.tsx'
import { answered, counterNumber, footOf, type Heard, toAnnounce, wallOf } from './wall.ts'
import { ZoneChoice } from './ZoneChoice.tsx'
import { chooseZone, chosenZone, partOf, type Wanted } from './zone.ts'

/** How often the wall is looked at anew, ms: the clock turns, a call stops being news. */
const TICK = 1_000
/** The server tells its time right after the first board; what is old news is judged by it, ms. */
const CLOCK_COMES = 300
/** So long the choice of a zone stands, ms; then the whole hall does, until somebody chooses. */
const CHOOSING = 60_000

interface Props {
  site: Signal<SiteView | null>
  device: Device
  api: Api
  /** The wall as it was before this page began. */
  last: LastWall | null
  /** What this screen is set up for. */
  wanted: ReadonlySignal<Wanted>
  /** The page, CSS pixels. */
  page: Signal<Pick<Screen, 'width' | 'height'>>
}

/** The hall, live: the board on the wall, and each new call said aloud. */
export function Hall({ site, device, api, last, wanted, page }: Props) {
  const siteId = site.peek()?.id ?? ''
  const live = useMemo(() => watchPublic({ siteId, screen: device }), [siteId, device])
  const now = useSignal(live.clock())
  const caption = useSignal<string | null>(null)
  const sound = useSignal<SpeakerState | null>(null)
  const chosen = useSignal(chosenZone())
  const choosing = useSignal(true)
  const pictures = useMemo(() => picturesOf(api, siteId), [api, siteId])
  const heard = useRef<Heard | null>(null)
  const zone = useComputed(() => wanted.value.zone ?? chosen.value)
  const part = useComputed(() => (site.value ? partOf(site.value, zone.value) : null))

  useEffect(() => {
    const timer = setInterval(() => {
      now.value = live.clock()
    }, TICK)
    const chose = setTimeout(() => {
      choosing.value = false
    }, CHOOSING)
    return () => {
      clearInterval(timer)
      clearTimeout(chose)
      live.close()
    }
  }, [live, now, choosing])

  useSignalEffect(() => {
    if (live.link.value === 'revoked') void device.forget()
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

  useSignalEffect(() => {
    if (site.value) pictures.want(site.value.notices.flatMap(({ picture }) => picture ?? []))
  })

  // What a page that begins anew shows until it hears of the server.
  useEffect(() => {
    const walls = keepWalls()
    const stop = live.board.subscribe((board) => {
      const hall = site.peek()
      if (board && hall) walls.keep({ site: hall, board, heard: live.lastHeard.peek() ?? board.at })
    })
    const gone = () => walls.flush()
    window.addEventListener('pagehide', gone)
    return () => {
      window.removeEventListener('pagehide', gone)
      stop()
      walls.stop()
    }
  }, [live, site])

  const counter = wanted.value.counter
  const silent = counter !== null
  const voice = site.value?.display.voice ?? null
  useEffect(() => {
    // A counter's own sign is seen; what is heard comes from the hall's display.
    if (silent) return
    const speaker = openSpeaker({
      pack: voice === null ? null : `/voice/${voice}/`,
      clock: { now: live.clock },
      settings: (call) => ({
        languages: languagesFrom(call.language ?? language.value),
        one: site.peek()?.display.one ?? 'yao',
      }),
      onCaption: (text) => {
        caption.value = text
      },
      onState: (state) => {
        sound.value = state
      },
      // The server says it at its start; here it is for whoever looks into this very screen.
      onError: (error) => console.warn(error.message),
    })
    let first: ReturnType<typeof setTimeout> | undefined
    const listen = () => {
      const board = live.board.peek()
      const hall = site.peek()
      if (!board || !hall) return
      const news = toAnnounce(board, heard.current, live.clock(), part.peek())
      heard.current = news.heard
      for (const { callId, number, counterId, at, language: taken } of news.calls) {
        const named = counterNumber(hall, counterId)
        speaker?.announce({ id: callId, number, counter: named, at, language: taken })
      }
      for (const callId of answered(board)) speaker?.withdraw(callId)
    }
    const stop = live.board.subscribe((board) => {
      if (heard.current !== null) listen()
      else if (board !== null) first ??= setTimeout(listen, CLOCK_COMES)
    })
    return () => {
      stop()
      clearTimeout(first)
      speaker?.dispose()
      caption.value = null
    }
  }, [live, site, caption, sound, part, voice, silent])

  const hall = site.value
  const heardOf = live.board.value
  const board = heardOf ?? last?.board ?? null
  const lost = live.link.value === 'lost'
  if (!hall || (!board && !lost)) return <Loading />
  const stale = lost
    ? { lastHeard: live.lastHeard.value ?? last?.heard ?? null, back: false }
    : heardOf
      ? null
      : { lastHeard: last?.heard ?? null, back: true }
  if (counter !== null)
    return (
      <>
        {hall.practice && <PracticeBand />}
        <SignScreen site={hall} board={board} counter={counter} now={now.value} stale={stale} />
      </>
    )

  const screen = { inches: wanted.value.screen ?? hall.display.screen, ...page.value }
  const long = hall.counters.some(({ number }) => isLong('A000', number))
  const read = reading(screen, hall.display.readingDistance, long)
  const today = dayAt(now.value, hall)
  const most = read.stand === 'alone' ? 1 : read.stand
  const foot = footOf(board, hall, now.value)
  return (
    <>
      {hall.practice && <PracticeBand />}
      <Wall
        site={hall}
        part={part.value}
        unknownZone={zone.value && !part.value ? zone.value : null}
        wall={board ? wallOf(board, hall, now.value, today, { part: part.value, most }) : null}
        now={now.value}
        stale={stale}
        foot={foot}
        picture={foot.at === 'notice' ? pictures.data(foot.text.picture) : null}
        caption={caption.value}
        soundBlocked={sound.value === 'blocked'}
        screen={screen}
        reading={read}
      />
      {choosing.value && zone.value === null && hall.display.zones.length > 0 && (
        <ZoneChoice
          zones={hall.display.zones}
          onChoose={(id) => {
            chooseZone(id)
            chosen.value = id
          }}
        />
      )}
    </>
  )
}

/** A ticket is called first in the language it was taken in, then in the other. [WALL16] */
function languagesFrom(first: 'zh-CN' | 'en'): ('zh-CN' | 'en')[] {
  return first === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en']
}

/** A screen without any sound still shows every call. */
function openSpeaker(options: Parameters<typeof createSpeaker>[0]): Speaker | null {
  try {
    return createSpeaker(options)
  } catch {
    return null
  }
}
