import type { ComponentChildren } from 'preact'
import type { PublicTicket, SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon, type IconName } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { TicketNumber } from '#ui/components/TicketNumber.tsx'
import { errorWords } from '#ui/error-words.ts'
import { IssuingScreen } from './IssuingScreen.tsx'
import { Leaving } from './Leaving.tsx'
import { lettersOf, type Missed, type MissedSteps, type Why } from './missed.ts'
import { NumberScreen } from './NumberScreen.tsx'
import { t } from './words.ts'

interface Props {
  missed: Exclude<Missed, { at: 'away' }>
  site: SiteView
  steps: MissedSteps
  onDone: () => void
}

/** A missed call: the number, what became of it, and back into the line. */
export function MissedScreen({ missed, site, steps, onDone }: Props) {
  switch (missed.at) {
    case 'entry':
      return <NumberScreen entry={missed} letters={lettersOf(site)} steps={steps} />
    case 'finding':
      return <IssuingScreen words={t('missed-finding')} />
    case 'rejoining':
      return <IssuingScreen words={t('missed-rejoining')} />
    case 'found':
      return (
        <Result result="found" number={missed.ticket.number} title={t('found-title')} lead={t('found-lead')}>
          <div class="message-actions">
            <Back steps={steps} />
            <Button tone="primary" large icon="repeat" onClick={steps.rejoin} data-testid="missed-rejoin">
              {t('missed-rejoin')}
            </Button>
          </div>
        </Result>
      )
    case 'rejoined':
      return (
        <Result
          result="rejoined"
          tone="jade"
          number={missed.ticket.number}
          title={t('rejoined-title')}
          lead={missed.ahead === null ? t('listen') : t('rejoined-lead', { n: missed.ahead })}
        >
          <Leaving onDone={onDone} />
        </Result>
      )
    case 'place':
      return (
        <Result
          result="place"
          number={missed.ticket.number}
          title={missed.why.ahead === 0 ? t('place-next') : t('place-title', { n: missed.why.ahead })}
          lead={t('place-lead')}
        >
          {missed.why.ahead > 0 && <Place why={missed.why} />}
          <Leaving onDone={onDone}>
            <Back steps={steps} />
          </Leaving>
        </Result>
      )
    case 'not-missed':
      return (
        <Result
          result="not-missed"
          number={missed.ticket.number}
          title={t(`found-${missed.ticket.state}`, { counter: counterOf(site, missed.ticket) })}
          lead={t(leadOf(missed.ticket))}
        >
          <Leaving onDone={onDone}>
            <Back steps={steps} />
          </Leaving>
        </Result>
      )
    case 'too-late':
      return (
        <Result
          result="too-late"
          number={missed.ticket.number}
          title={t('too-late-title')}
          lead={t('too-late-lead')}
        >
          <Leaving onDone={onDone}>
            <Back steps={steps} />
          </Leaving>
        </Result>
      )
    case 'not-found':
      return (
        <Result
          result="not-found"
          icon="help"
          title={t('not-found-title', { number: missed.number })}
          lead={t('not-found-lead')}
        >
          <div class="message-actions">
            <Button large onClick={onDone} back data-testid="home">
              {t('home')}
            </Button>
            <Back steps={steps} primary />
          </div>
        </Result>
      )
    case 'failed':
      return (
        <Result result="failed" icon="warning" title={t('missed-failed')} lead={errorWords(missed.error)}>
          <div class="message-actions">
            <Button large onClick={onDone} back data-testid="home">
              {t('home')}
            </Button>
            <Button tone="primary" large icon="repeat" onClick={missed.again} data-testid="again">
              {t('try-again')}
            </Button>
          </div>
        </Result>
      )
  }
}

/** Who is ahead: counts, never whose. */
function Place({ why }: { why: Why }) {
  return (
    <dl class="facts">
      <div>
        <dt>{t('place-arrived')}</dt>
        <dd data-testid="place-arrived">{t('people', { n: why.arrivedBefore })}</dd>
      </div>
      <div>
        <dt>{t('place-earlier')}</dt>
        <dd data-testid="place-earlier">{t('people', { n: why.earlierTurn })}</dd>
      </div>
    </dl>
  )
}

/** What a resident does whose ticket was not missed. */
function leadOf({ state }: PublicTicket): 'found-wait-lead' | 'found-go-lead' | 'found-over-lead' {
  if (state === 'called' || state === 'serving' || state === 'held') return 'found-go-lead'
  return state === 'waiting' || state === 'transferred' ? 'found-wait-lead' : 'found-over-lead'
}

function counterOf(site: SiteView, { counterId }: PublicTicket): string {
  return site.counters.find(({ id }) => id === counterId)?.number ?? ''
}

function Back({ steps, primary }: { steps: MissedSteps; primary?: boolean }) {
  return (
    <Button
      tone={primary ? 'primary' : 'plain'}
      large
      back={!primary}
      onClick={() => steps.back()}
      data-testid="missed-again"
    >
      {t('missed-again')}
    </Button>
  )
}

interface ResultProps {
  result: Missed['at']
  tone?: 'jade'
  number?: string
  icon?: IconName
  title: string
  lead: string
  children: ComponentChildren
}

function Result({ result, tone, number, icon, title, lead, children }: ResultProps) {
  return (
    <div
      class={tone ? `message message--${tone}` : 'message'}
      data-testid="missed-result"
      data-result={result}
    >
      {icon && <Icon name={icon} class="message-icon" />}
      {number && (
        <p class="message-number">
          <TicketNumber number={number} testId="missed-ticket" />
        </p>
      )}
      <ScreenTitle>{title}</ScreenTitle>
      <p class="message-lead">{lead}</p>
      {children}
    </div>
  )
}
