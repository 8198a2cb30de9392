import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { followSession } from '#ui/follow-session.ts'
import { type HelpKey, HelpStrip } from '#ui/help/HelpStrip.tsx'
import { type LiveStaff, watchStaff } from '#ui/live.ts'
import { takesText } from '../keys.ts'
import type { Shift } from '../shift.ts'
import { type Place, TopBar } from '../TopBar.tsx'
import { t as said } from '../words.ts'
import { KEYS } from './deeds.ts'
import { legOfTicket } from './find.ts'
import { GiveCard } from './GiveCard.tsx'
import { offersOf } from './give.ts'
import { HallList } from './HallList.tsx'
import { TicketCard } from './TicketCard.tsx'
import { createReception } from './work.ts'
import './reception.css'
import '#ui/paper/slip.css'

interface Props {
  shift: Shift
  person: SessionView
  site: SiteView
  /** Where else this person may go. */
  places: readonly Place[]
}

/** The reception of the hall, live: numbers for whoever comes without a phone, and help with those they have. */
export function Reception({ shift, person, site, places }: Props) {
  const board = useSignal<StaffBoard | null>(null)
  const typed = useSignal('')
  const field = useRef<HTMLInputElement>(null)
  const helpKey = useMemo((): HelpKey => ({ press: null }), [])
  const watched = useMemo((): { live: LiveStaff | null } => ({ live: null }), [])
  const siteNow = () => shift.site.peek() ?? site
  const work = useMemo(
    () =>
      createReception({
        api: shift.api,
        siteId: site.id,
        may: person.may,
        board: () => (watched.live?.link.peek() === 'live' ? board.peek() : null),
        offers: () => (board.peek() ? offersOf(siteNow(), board.peek() as StaffBoard) : []),
        printers: () => watched.live?.printers.peek() ?? [],
        find: () => field.current?.focus(),
        goHelp: () => helpKey.press?.(),
        onExpired: shift.expire,
        onFull: () => void shift.refresh(),
      }),
    [shift, site.id, person.may],
  )
  // Watched anew with each sign-in. The board stays on the screen meanwhile.
  const live = useMemo(() => {
    watched.live = watchStaff({ siteId: site.id, onPaper: work.hearPaper })
    return watched.live
  }, [site.id, shift.sitting.value, work])
  const now = useSignal(live.clock())

  useEffect(() => {
    const stop = live.board.subscribe((fresh) => {
      if (!fresh) return
      board.value = fresh
      now.value = live.clock()
      work.look()
    })
    const timer = setInterval(() => {
      now.value = live.clock()
    }, 1_000)
    return () => {
      stop()
      clearInterval(timer)
      live.close()
    }
  }, [live, work])
  useEffect(() => followSession(live, shift), [live, shift])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (shift.state.peek() !== 'signed-in') return
      const { key, code, repeat, isComposing, ctrlKey, altKey, metaKey } = event
      const typing = takesText(event.target)
      if (work.press({ key, code, repeat, isComposing, ctrlKey, altKey, metaKey, typing })) {
        event.preventDefault()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [work, shift])

  const current = board.value
  const link = live.link.value
  if (!current) {
    return link === 'lost' ? (
      <LostNotice lastHeard={live.lastHeard.value} timeZone={site.timeZone} full />
    ) : (
      <Loading />
    )
  }
  const old = link !== 'live'
  const open = work.open.value
  const leg = open && legOfTicket(current, open.ticketId)
  return (
    <div class={old ? 'workplace workplace--old' : 'workplace'} data-testid="reception">
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
          <span class="lost-advice">{said('lost-advice')}</span>
        </LostNotice>
      )}
      <HelpStrip
        api={shift.api}
        site={site}
        help={current.help}
        from={null}
        now={now.value}
        blocked={old}
        keySign={KEYS.help}
        keyed={helpKey}
        onExpired={shift.expire}
      />
      <main class="bench reception" aria-busy={work.pending.value !== null || undefined}>
        <div class="bench-main">
          <GiveCard
            work={work}
            site={site}
            offers={offersOf(site, current)}
            changing={work.choice.value === 'change-service' && leg ? leg.number : null}
            blocked={old}
          />
          <TicketCard work={work} site={site} may={person.may} leg={leg} blocked={old} />
        </div>
        <div class="bench-side">
          <HallList
            work={work}
            site={site}
            board={current}
            now={now.value}
            typed={typed}
            field={field}
            blocked={old}
          />
        </div>
      </main>
    </div>
  )
}
