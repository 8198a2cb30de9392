import type { TicketView } from '#protocol/board.ts'
import type { Api } from '#ui/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { later } from '#ui/components/later.tsx'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { TicketNumber } from '#ui/components/TicketNumber.tsx'
import { hourMinuteSecond, localised, waitWords } from '#ui/i18n.ts'
import type { LiveTicket } from '#ui/live.ts'
import type { Bell } from './bell.ts'
import { CalledPage } from './CalledPage.tsx'
import { type OwnTicket, offered } from './own-ticket.ts'
import { adviceWords, nearness, stateWords, whyWords } from './ticket-words.ts'
import { Farewell, Materials, Steps } from './Visit.tsx'
import { t } from './words.ts'

interface Props {
  ticket: TicketView
  live: LiveTicket
  bell: Bell
  own: OwnTicket
  api: Api
}

// What can be done comes behind what there is to know: the first view is light.
const Rate = later(async () => (await import('./Rate.tsx')).Rate)
const actions = () => import('./OwnActions.tsx')
const GiveUp = later(async () => (await actions()).GiveUp)
const MoreTime = later(async () => (await actions()).MoreTime)
const Rejoin = later(async () => (await actions()).Rejoin)
const OnPaper = later(async () => (await actions()).OnPaper)
const SuggestButton = later(async () => (await actions()).SuggestButton)

/** The own number, large; how many are ahead; how long. When called, nothing but where to go. */
export function TicketPage({ ticket, live, bell, own, api }: Props) {
  const heard = live.lastHeard.value ?? ticket.at
  const lost = live.link.value === 'lost'
  // [PHONE12] The hall's clock, wherever the phone believes it is.
  const zone = ticket.timeZone
  const near = nearness(ticket)
  const offer = offered(ticket)
  const advice = adviceWords(ticket)

  return (
    <>
      {ticket.practice && <PracticeBand />}
      <div class={`page page--${near}`}>
        {lost && (
          <LostNotice lastHeard={heard} timeZone={zone}>
            <span class="lost-lead">{t('lost-lead')}</span>
          </LostNotice>
        )}
        <header class="page-top">
          <p class="page-hall">{localised(ticket.siteName)}</p>
          <LanguageSwitch />
        </header>
        {near === 'called' ? (
          <CalledPage ticket={ticket}>
            <MoreTime ticket={ticket} own={own} lost={lost} />
          </CalledPage>
        ) : (
          <main class="page-main">
            <section class="slip">
              <h1 class="slip-title">
                <span class="slip-label">{t('your-number')}</span>
                <TicketNumber number={ticket.number} testId="phone-number" />
              </h1>
              <p class="slip-service">{localised(ticket.serviceName)}</p>
              <p class={`slip-state slip-state--${ticket.state}`} data-testid="phone-state" role="status">
                {stateWords(ticket)}
              </p>
            </section>
            {ticket.onPaper && <OnPaper ticket={ticket} />}
            {ticket.farewell && <Farewell note={ticket.farewell} />}
            {ticket.state === 'waiting' && <Place ticket={ticket} />}
            {advice && (
              <p class={`advice advice--${near}`} role="status" data-testid="phone-advice">
                {(near === 'next' || near === 'near') && <Icon name="bell" />}
                <span>{advice}</span>
              </p>
            )}
            {(ticket.state === 'serving' || ticket.toRate) && <Rate ticket={ticket} live={live} api={api} />}
            {ticket.state === 'waiting' && <MoreTime ticket={ticket} own={own} lost={lost} />}
            {offer === 'rejoin' && <Rejoin ticket={ticket} own={own} lost={lost} />}
            <Steps ticket={ticket} />
            {ticket.state === 'waiting' && <Materials materials={ticket.materials} />}
          </main>
        )}
        <footer class="page-foot">
          {near !== 'away' && bell.able && <Sound bell={bell} />}
          {near !== 'called' && <SuggestButton {...{ api, lost }} ticketId={ticket.ticketId} />}
          {offer === 'give-up' && <GiveUp ticket={ticket} own={own} lost={lost} />}
          {near !== 'called' && <p class="page-family">{t('family')}</p>}
          <a class="page-privacy" href="/privacy/" target="_blank" rel="noopener">
            {t('privacy')}
          </a>
          <p class="page-updated">{t('updated', { time: hourMinuteSecond(heard, zone) })}</p>
        </footer>
      </div>
    </>
  )
}

function Place({ ticket }: { ticket: TicketView }) {
  const why = whyWords(ticket)
  return (
    <dl class="place">
      <div>
        <dt>{t('ahead')}</dt>
        <dd data-testid="phone-ahead">
          {ticket.ahead === null ? '—' : t('ahead-count', { n: ticket.ahead })}
        </dd>
        {why && (
          <dd class="place-why" data-testid="phone-why">
            {why}
          </dd>
        )}
      </div>
      <div>
        <dt>{t('wait')}</dt>
        <dd data-testid="phone-wait">{waitWords(ticket.wait)}</dd>
      </div>
    </dl>
  )
}

function Sound({ bell }: { bell: Bell }) {
  const on = bell.on.value
  return (
    <div class="sound">
      <button
        type="button"
        class="button button--plain button--wide"
        aria-pressed={on}
        onClick={() => bell.turn(!on)}
      >
        <Icon name={on ? 'sound' : 'mute'} />
        {t('sound')} · {t(on ? 'sound-on' : 'sound-off')}
      </button>
      <p class="sound-hint">{t(on && bell.asleep.value ? 'sound-asleep' : 'sound-hint')}</p>
    </div>
  )
}
