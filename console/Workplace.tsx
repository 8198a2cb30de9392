import { effect, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { later } from '#ui/components/later.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { followSession } from '#ui/follow-session.ts'
import type { HelpKey } from '#ui/help/HelpStrip.tsx'
import { ClosingStrip } from './ClosingStrip.tsx'
import { createChoosing } from './choosing.ts'
import { DeskCard } from './DeskCard.tsx'
import { placesFor } from './destination.ts'
import { menuOf } from './errand.ts'
import { createHands } from './hands.ts'
import { KEYS, type PanelKeys, takesText } from './keys.ts'
import { insideAfterHours, unservedWithout } from './left-waiting.ts'
import {
  countersOf,
  type Desk,
  deskMark,
  deskOf,
  isFree,
  isLastCall,
  type Leg,
  lanesOf,
  legAt,
  possibleActions,
  shows,
  waitingFor,
} from './model.ts'
import { OtherCounters } from './OtherCounters.tsx'
import { usePaper } from './paper/use-paper.ts'
import { SetAside } from './SetAside.tsx'
import { SteppedBack } from './SteppedBack.tsx'
import { heldFor, missedFor } from './set-aside.ts'
import type { Shift } from './shift.ts'
import { type Place, TopBar } from './TopBar.tsx'
import { satAt, steppedBack } from './this-desk.ts'
import { correctable } from './times.ts'
import { undoable } from './trail.ts'
import { useTrail } from './use-trail.ts'
import { addable, onwardOf, stepsOf } from './visit.ts'
import { WaitingList } from './WaitingList.tsx'
import { t } from './words.ts'

// Hardly ever seen.
const ClockNotice = later(async () => (await import('#ui/clock/ClockNotice.tsx')).ClockNotice)
// Fetched behind the first view, long before anybody calls.
const HelpStrip = later(async () => (await import('#ui/help/HelpStrip.tsx')).HelpStrip)

interface Props {
  shift: Shift
  person: SessionView
  site: SiteView
  counterId: string
  /** This console. */
  deskId: string
  /** Where else this person may go. */
  places: readonly Place[]
}

/** The desk of one counter and its line, live. */
export function Workplace({ shift, person, site, counterId, deskId, places }: Props) {
  // Watched anew with each sign-in. The board stays on the screen meanwhile.
  const { live, trail } = useTrail(shift.api, site.id, counterId, shift.sitting.value)
  const board = useSignal<StaffBoard | null>(null)
  const now = useSignal(live.clock())
  const heading = useRef<HTMLHeadingElement>(null)
  /** Whether this person worked here from this console. */
  const sat = useSignal(false)
  /** Completed tickets that this console has not followed itself. */
  const asked = useSignal<readonly Leg[]>([])
  const backOf = (current: StaffBoard) => {
    const counter = current.counters[counterId]
    return counter ? steppedBack(counter, person, deskId, sat.peek()) : null
  }
  /** The desk as it is now; null when it must not be touched. */
  const deskNow = (): Desk | null => {
    const current = board.peek()
    if (!current || live.link.peek() !== 'live' || backOf(current) !== null) return null
    return deskOf(current, counterId, person)
  }
  const panelKeys = useMemo((): PanelKeys => ({ allThere: null, reveal: null }), [])
  const helpKey = useMemo((): HelpKey => ({ press: null }), [])
  const hands = useMemo(
    () =>
      createHands({
        api: shift.api,
        desk: deskNow,
        shows: (leg) => {
          const current = board.peek()
          return current !== null && shows(current, leg)
        },
        isLastCall: (leg) => isLastCall(leg, shift.site.peek() ?? site),
        clock: live.clock,
        deskId,
        onExpired: shift.expire,
      }),
    [shift, live, board, counterId, deskId, person],
  )
  const choosing = useMemo(
    () =>
      createChoosing({
        hands,
        desk: deskNow,
        places: (leg) => withBoard((current) => placesFor(siteNow(), current, leg, counterId)),
        matters: (leg) => withBoard((current) => addable(siteNow(), current, leg)),
        correctable: (desk) => correctable(desk, trail.peek()?.completed ?? [], asked.peek()),
        timeZone: () => siteNow().timeZone,
        undoable: () => undoable(trail.peek(), board.peek()?.seq ?? -1, live.clock())?.seq ?? null,
        prints: () => live.printers.peek().length > 0,
        allThere: () => panelKeys.allThere?.(),
        reveal: () => panelKeys.reveal?.(),
        goHelp: () => helpKey.press?.(),
        onLeave: (aside) => {
          const opener = () => document.querySelector<HTMLElement>(`[data-testid="${aside}"]`)
          requestAnimationFrame(() => {
            if (choosing.open.peek() === null) opener()?.focus()
          })
        },
      }),
    [hands],
  )
  const siteNow = () => shift.site.peek() ?? site
  function withBoard<T>(of: (current: StaffBoard) => readonly T[]): readonly T[] {
    const current = board.peek()
    return current ? of(current) : []
  }
  const paper = usePaper({ live, board, site: siteNow, counterId, person })
  const askCompleted = () => {
    // Without an answer there is what this console has followed itself.
    shift.api.completedTickets(site.id).then(
      (legs) => {
        asked.value = legs
      },
      () => {},
    )
  }

  useEffect(() => {
    const stop = live.board.subscribe((fresh) => {
      if (!fresh) return
      board.value = fresh
      now.value = live.clock()
      const counter = fresh.counters[counterId]
      if (counter) sat.value = satAt(sat.peek(), counter, person, deskId)
      hands.look()
      choosing.look()
      const word = hands.word.peek()
      // The counter that came first has somebody now, or is gone: waiting for it would be for nothing. [CONSOLE23]
      if (word?.type === 'after' && !isFree(fresh, word.counter)) hands.dismiss()
      // Nor does nobody wait any more.
      const waits = () =>
        waitingFor(siteNow(), fresh, counterId, person, now.peek()).some(({ place }) => place !== null)
      if (word?.type === 'nobody' && waits()) hands.dismiss()
    })
    const timer = setInterval(() => {
      now.value = live.clock()
    }, 1_000)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [live, hands, choosing, board, now, sat])

  useEffect(() => followSession(live, shift), [live, shift])

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (shift.state.peek() !== 'signed-in' || paper.peek()?.paper.entry.peek()) return
      const { key, code, repeat, isComposing, ctrlKey, altKey, metaKey } = event
      const typing = takesText(event.target)
      const meant = choosing.press({ key, code, repeat, isComposing, ctrlKey, altKey, metaKey, typing })
      if (meant) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [choosing, shift])

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
  const ticket = desk.state === 'called' || desk.state === 'serving' ? desk.leg : null
  const open = choosing.open.value
  const pending = hands.pending.value
  const takeable = rows.filter(({ place }) => place !== null)
  const undo = undoable(trail.value, current.seq, now.value)
  const back = steppedBack(desk.counter, person, deskId, sat.value)
  if (back !== null) {
    return (
      <div class="workplace">
        <TopBar
          shift={shift}
          person={person}
          site={site}
          now={now.value}
          printers={live.printers.value}
          places={places}
        />
        <SteppedBack
          key={back}
          api={shift.api}
          why={back}
          counterId={counterId}
          number={desk.counter.number}
          deskId={deskId}
          onExpired={shift.expire}
        />
      </div>
    )
  }
  const beside = paper.value
  const EntryPage = beside?.paper.entry.value
  return (
    <div class={old ? 'workplace workplace--old' : 'workplace'}>
      <TopBar
        shift={shift}
        person={person}
        site={site}
        now={now.value}
        printers={live.printers.value}
        places={places}
      />
      {link === 'lost' && (
        <LostNotice lastHeard={live.lastHeard.value} timeZone={site.timeZone}>
          <span class="lost-advice">{t('lost-advice')}</span>
          {beside && <beside.PrintButton paper={beside.paper} />}
        </LostNotice>
      )}
      {shift.state.value === 'signed-in' && shift.error.value && (
        <div class="notice-strip" data-testid="sign-out-failed">
          <Notice tone="amber" title={t('sign-out-failed')}>
            <p>{errorWords(shift.error.value)}</p>
          </Notice>
        </div>
      )}
      {site.clockHeld && (
        <ClockNotice
          api={shift.api}
          site={site}
          mayConfirm={person.may.includes('confirm-clock')}
          now={now.value}
          refresh={shift.refresh}
        />
      )}
      <HelpStrip
        api={shift.api}
        site={site}
        help={current.help}
        from={desk.state === 'taken' ? null : counterId}
        now={now.value}
        blocked={old}
        keySign={KEYS.help}
        keyed={helpKey}
        onExpired={shift.expire}
      />
      {beside && !old && <beside.PaperStrip paper={beside.paper} timeZone={site.timeZone} />}
      <ClosingStrip inside={insideAfterHours(site, current, now.value)} />
      {EntryPage && (
        <EntryPage
          {...{ api: shift.api, site, person, counterId, now: now.value, blocked: old, board: current }}
          onLeave={beside.paper.leave}
          onExpired={shift.expire}
        />
      )}
      <main class="bench" hidden={EntryPage != null}>
        <div class="bench-main">
          <DeskCard
            api={shift.api}
            desk={desk}
            board={current}
            prints={live.printers.value.length > 0}
            site={site}
            now={now.value}
            hands={hands}
            heading={heading}
            waiting={takeable.length}
            first={takeable[0]?.leg.number ?? null}
            blocked={link === 'live' ? null : link === 'lost' ? 'lost' : 'connecting'}
            may={possibleActions(desk)}
            choosing={open?.mark === deskMark(desk) ? open.aside : null}
            draft={choosing.draft}
            places={ticket ? placesFor(site, current, ticket, counterId) : []}
            steps={ticket ? stepsOf(site, current, ticket) : []}
            matters={ticket ? addable(site, current, ticket) : []}
            correctable={correctable(desk, trail.value?.completed ?? [], asked.value)}
            lies={legAt(current, counterId)?.number ?? null}
            unserved={unservedWithout(site, current, counterId)}
            released={trail.value?.released ?? 0}
            undoable={undo}
            onward={undo ? onwardOf(current, { id: undo.legs[0] ?? '', ticketId: undo.ticketId }) : []}
            exceptions={trail.value?.exceptions ?? {}}
            panelKeys={panelKeys}
            onAside={choosing.ask}
            onRun={(errand, by) => void choosing.run(errand, by)}
            onLeave={choosing.leave}
            onTimes={askCompleted}
            onExpired={shift.expire}
          />
          <OtherCounters counters={countersOf(site, current)} here={counterId} />
        </div>
        <div class="bench-side">
          <WaitingList
            api={shift.api}
            site={site}
            desk={desk}
            rows={rows}
            lanes={lanesOf(site, current, counterId)}
            now={now.value}
            old={old}
            asOf={old ? live.lastHeard.value : null}
            choices={menuOf(person, site, live.printers.value.length > 0)}
            pending={pending}
            onRun={choosing.run}
            onExpired={shift.expire}
          />
          <SetAside
            site={site}
            desk={desk}
            held={heldFor(site, current, counterId, person, now.value)}
            missed={missedFor(site, current, counterId, person, now.value)}
            pending={pending}
            blocked={old}
            onRun={(errand, by) => void choosing.run(errand, by)}
          />
          {beside && <beside.PaperButtons paper={beside.paper} blocked={old} />}
        </div>
      </main>
    </div>
  )
}
