import { effect, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { watchStaff } from '#ui/live.ts'
import { ClockNotice } from './ClockNotice.tsx'
import { DeskCard } from './DeskCard.tsx'
import { createHands } from './hands.ts'
import { actionFor, takesText } from './keys.ts'
import { countersOf, deskOf, lanesOf, possibleActions, shows, waitingFor } from './model.ts'
import { OtherCounters } from './OtherCounters.tsx'
import type { Shift } from './shift.ts'
import { TopBar } from './TopBar.tsx'
import { WaitingList } from './WaitingList.tsx'
import { t } from './words.ts'

interface Props {
  shift: Shift
  person: SessionView
  site: SiteView
  counterId: string
  onChange: () => void
}

/** The desk of one counter and its line, live. */
export function Workplace({ shift, person, site, counterId, onChange }: Props) {
  const sitting = shift.sitting.value
  // Watched anew with each sign-in. The board stays on the screen meanwhile.
  const live = useMemo(() => watchStaff({ siteId: site.id }), [site.id, sitting])
  const board = useSignal<StaffBoard | null>(null)
  const now = useSignal(live.clock())
  const heading = useRef<HTMLHeadingElement>(null)

  const hands = useMemo(
    () =>
      createHands({
        api: shift.api,
        desk: () => {
          const current = board.peek()
          if (!current || live.link.peek() !== 'live') return null
          return deskOf(current, counterId, person)
        },
        shows: (leg) => {
          const current = board.peek()
          return current !== null && shows(current, leg)
        },
        onExpired: shift.expire,
      }),
    [shift, live, board, counterId, person],
  )

  useEffect(() => {
    const stop = live.board.subscribe((fresh) => {
      if (!fresh) return
      board.value = fresh
      now.value = live.clock()
      hands.look()
    })
    const timer = setInterval(() => {
      now.value = live.clock()
    }, 1_000)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [live, hands, board, now])
  useEffect(() => () => live.close(), [live])

  useEffect(
    () =>
      effect(() => {
        if (live.link.value === 'revoked') shift.expire()
        // A server that was started again may have found its clock behind the log.
        if (live.link.value === 'live') void shift.refresh()
      }),
    [live, shift],
  )
  useEffect(
    () =>
      effect(() => {
        const revision = board.value?.revision
        if (revision !== undefined && revision !== shift.site.peek()?.revision) void shift.refresh()
      }),
    [board, shift],
  )

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (shift.state.peek() !== 'signed-in') return
      const action = actionFor({
        key: event.key,
        code: event.code,
        repeat: event.repeat,
        isComposing: event.isComposing,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
        typing: takesText(event.target),
      })
      if (action === null) return
      event.preventDefault()
      void hands.act(action, 'key')
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [hands, shift])

  // A button that was pressed and is gone leaves the focus nowhere. It goes to what changed, never to the next button:
  // a second Enter must not carry out the next action.
  useEffect(
    () =>
      effect(() => {
        if (hands.pending.value !== null) return
        requestAnimationFrame(() => {
          if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
        })
      }),
    [hands],
  )

  const current = board.value
  const link = live.link.value
  const desk = current && deskOf(current, counterId, person)
  if (!current || !desk) {
    return link === 'lost' ? (
      <LostNotice lastHeard={live.lastHeard.value} timeZone={site.timeZone} full />
    ) : (
      <Loading />
    )
  }

  const old = link !== 'live'
  const rows = waitingFor(site, current, counterId, person, now.value)
  return (
    <div class={old ? 'workplace workplace--old' : 'workplace'}>
      <TopBar shift={shift} person={person} site={site} now={now.value} onChange={onChange} />
      {link === 'lost' && (
        <LostNotice lastHeard={live.lastHeard.value} timeZone={site.timeZone}>
          <span class="lost-advice">{t('lost-advice')}</span>
        </LostNotice>
      )}
      {site.clockHeld && <ClockNotice shift={shift} person={person} site={site} now={now.value} />}
      <main class="bench">
        <div class="bench-main">
          <DeskCard
            desk={desk}
            site={site}
            now={now.value}
            hands={hands}
            heading={heading}
            waiting={rows.length}
            first={rows[0]?.leg.number ?? null}
            blocked={link === 'live' ? null : link === 'lost' ? 'lost' : 'connecting'}
            may={possibleActions(desk)}
          />
          <OtherCounters counters={countersOf(site, current)} here={counterId} />
        </div>
        <WaitingList
          api={shift.api}
          site={site}
          rows={rows}
          lanes={lanesOf(site, current, counterId)}
          now={now.value}
          old={old}
          asOf={old ? live.lastHeard.value : null}
          onExpired={shift.expire}
        />
      </main>
    </div>
  )
}
