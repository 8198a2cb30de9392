import { signal, useSignalEffect } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { type Api, actionKey } from '#ui/api.ts'
import { plainAppearance } from '#ui/appearance.ts'
import { EnrolmentScreen } from '#ui/components/EnrolmentScreen.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import type { Device } from '#ui/device.ts'
import { language, setLanguage } from '#ui/i18n.ts'
import { beside } from './beside.ts'
import { ClosedScreen } from './ClosedScreen.tsx'
import { FailedScreen } from './FailedScreen.tsx'
import { Frame } from './Frame.tsx'
import { HomeScreen } from './HomeScreen.tsx'
import { enterHall, type Hall } from './hall.ts'
import { IdleWarning } from './IdleWarning.tsx'
import { IssuingScreen } from './IssuingScreen.tsx'
import { LostScreen } from './LostScreen.tsx'
import { createMissed, lettersOf, type MissedSteps } from './missed.ts'
import type { OwnNumbers } from './offline/own-numbers.ts'
import { reader } from './reading.ts'
import { createVisit, type VisitSteps } from './visit.ts'

/** The kiosk: enrolled first, then a hall, then one visit after another. */
export function App({ device, api }: { device: Device; api: Api }) {
  const known = device.device.value
  if (known === null) return <EnrolmentScreen device={device} />
  return <Kiosk key={known.id} device={device} api={api} siteId={known.siteId} />
}

function Kiosk({ device, api, siteId }: { device: Device; api: Api; siteId: string }) {
  const hall = useMemo(() => enterHall({ siteId, device, api }), [siteId, device])
  useEffect(() => hall.leave, [hall])
  const name = device.device.value?.name ?? ''
  // With the screens behind the first one comes what a kiosk does without its server.
  const screens = beside.value
  const own = useMemo(
    () => screens?.createOwnNumbers({ siteId, kiosk: name, hall, api, keep: screens.openKeep() }) ?? null,
    [screens, hall],
  )
  useEffect(() => own?.close, [own])
  const latest = useRef(own)
  latest.current = own
  const steps = useMemo(
    () =>
      createVisit({
        issue: (request, action) =>
          latest.current?.issue(request, action) ?? api.issue(siteId, request, action),
        newKey: actionKey,
        language: () => language.value,
        // Out of touch nobody could look at a card.
        asksIdentity: () => hall.site.peek()?.identity !== undefined && hall.live.link.peek() !== 'lost',
      }),
    [siteId],
  )
  const back = useMemo(
    () =>
      createMissed({
        find: (number) => api.publicTickets(siteId, number),
        rejoin: async (ticketId, action) => (await api.publicRejoin(ticketId, action)).ticket,
        why: (ticketId) => api.why(ticketId),
        newKey: actionKey,
      }),
    [siteId],
  )
  useEffect(() => reader.forget, [])
  // It says so with the code by which it can be let in again. [PAIR7]
  useSignalEffect(() => {
    if (hall.live.link.value === 'revoked') void device.forget()
  })
  if (hall.live.link.value === 'revoked') return <Loading />
  // Another resident, another screen: whatever a screen kept of the last one, typed or touched, goes with it.
  return <Visit key={resident.value} hall={hall} api={api} own={own} steps={steps} back={back} name={name} />
}

/** Counts the residents, from the start of this page. */
const resident = signal(0)

/** Everything a resident said or chose is gone: the visit, typed words, speech and volume, how it looked, language, the place on the page. [KIOSK2] */
function forgetResident(steps: VisitSteps, back: MissedSteps): void {
  reader.forget()
  steps.finish()
  back.finish()
  setLanguage('zh-CN')
  plainAppearance()
  getSelection()?.removeAllRanges()
  resident.value += 1
}

interface VisitProps {
  hall: Hall
  api: Api
  /** The kiosk's own numbers, once it can give them out. */
  own: OwnNumbers | null
  steps: VisitSteps
  /** The way back into the line after a missed call. */
  back: MissedSteps
  name: string
}

function Visit({ hall, api, own, steps, back, name }: VisitProps) {
  const site = hall.site.value
  const away = hall.live.link.value === 'lost'
  // What was known of the lanes is not said once it is not known any more.
  const board = away ? null : hall.live.board.value
  const visit = steps.visit.value
  const missed = back.missed.value
  const screens = beside.value
  const done = (): void => forgetResident(steps, back)

  // A number already given is shown whatever has become of the server.
  if (visit.at === 'ticket') {
    // Whoever has a number has come through these screens, so they are here.
    if (screens === null) return <Loading />
    return (
      <Frame hall={hall} name={name}>
        <screens.TicketScreen
          issued={visit.issued}
          wish={visit.wish}
          skills={site?.skills ?? []}
          hall={hall}
          api={api}
          onDone={done}
        />
      </Frame>
    )
  }
  if (visit.at === 'own-number') {
    if (screens === null) return <Loading />
    return (
      <Frame hall={hall} name={name}>
        <screens.OwnNumberScreen
          own={visit.own}
          wish={visit.wish}
          tellStaff={visit.tellStaff}
          onDone={done}
        />
      </Frame>
    )
  }
  if (missed.at === 'rejoined' && site && screens) {
    return (
      <Frame hall={hall} name={name}>
        <screens.MissedScreen missed={missed} site={site} steps={back} onDone={done} />
      </Frame>
    )
  }
  if (visit.at === 'issuing') {
    return (
      <Frame hall={hall} name={name}>
        <IssuingScreen />
      </Frame>
    )
  }
  // [KIOSK5] Out of touch it gives out numbers of its own where it can, and else none.
  if (away && !(own?.ready.value && screens)) {
    return (
      <Frame hall={hall} name={name}>
        <LostScreen hall={hall} />
        <IdleWarning quietly onGone={done} />
      </Frame>
    )
  }
  if (site === null || (board === null && !away)) return <Loading />

  const begin = away ? null : (): void => back.begin(lettersOf(site))
  const screen = () => {
    if (visit.at === 'failed') return <FailedScreen visit={visit} onHome={done} onClosed={hall.refresh} />
    if (missed.at !== 'away') {
      if (screens === null) return <Loading />
      return <screens.MissedScreen missed={missed} site={site} steps={back} onDone={done} />
    }
    if (!site.open) return <ClosedScreen site={site} clock={hall.live.clock} onAsk={begin} />
    if (visit.at === 'home') {
      return (
        <HomeScreen
          site={site}
          board={board}
          clock={hall.live.clock}
          printer={hall.live.printer.value}
          onChoose={steps.choose}
          onSearch={steps.search}
          onAsk={begin}
        />
      )
    }
    if (screens === null) return <Loading />
    switch (visit.at) {
      case 'full':
        return (
          <screens.FullScreen
            wish={visit.wish}
            site={site}
            clock={hall.live.clock}
            steps={steps}
            onHome={done}
            onFull={hall.refresh}
          />
        )
      case 'care':
        return <screens.CareScreen wish={visit.wish} site={site} steps={steps} away={away} />
      case 'identity':
        return <screens.IdentityScreen wish={visit.wish} steps={steps} />
      case 'already':
        return <screens.AlreadyScreen {...{ ...visit, site, hall, api, steps, back }} onDone={done} />
      case 'need':
        return <screens.NeedScreen steps={steps} />
      case 'check':
        return <screens.CheckScreen wish={visit.wish} ticks={visit.ticks} steps={steps} />
      case 'card':
        return <screens.CardScreen steps={steps} />
      case 'unknown-card':
        return <screens.UnknownCardScreen steps={steps} />
      case 'matters':
        return <screens.MattersScreen wish={visit.wish} site={site} steps={steps} />
      case 'prepare':
        return <screens.PrepareScreen wish={visit.wish} skills={site.skills} steps={steps} />
      case 'search':
        return <screens.SearchScreen site={site} board={board} steps={steps} />
      case 'missing':
        return <screens.MissingScreen wish={visit.wish} steps={steps} />
      case 'list':
        return <screens.ListScreen wish={visit.wish} site={site} steps={steps} onHome={done} />
      case 'guide':
        return <screens.GuideScreen wish={visit.wish} steps={steps} />
    }
  }
  const above = screens && own && (
    <>
      {away && <screens.AwayBand hall={hall} name={name} prints={own.prints()} />}
      <screens.NotInLine own={own} inTouch={!away} clock={hall.live.clock} />
    </>
  )
  return (
    <Frame hall={hall} name={name} above={above}>
      {screens && <screens.CardReader {...{ site, api, steps, back, away }} onDone={done} />}
      {screen()}
      <IdleWarning
        // A card that was shown is something to lose.
        quietly={visit.at === 'home' && missed.at === 'away' && steps.card.value === null}
        onGone={done}
      />
    </Frame>
  )
}
