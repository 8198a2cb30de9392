import type { ComponentChildren } from 'preact'
import type { IssueResponse, SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { Qr } from '#ui/components/Qr.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { TicketNumber } from '#ui/components/TicketNumber.tsx'
import { localised, waitWords } from '#ui/i18n.ts'
import { Choice } from './Choice.tsx'
import type { Hall } from './hall.ts'
import { Leaving } from './Leaving.tsx'
import { needsSkill } from './needs.ts'
import { PaperLine } from './PaperLine.tsx'
import type { Wish } from './wish.ts'
import { t } from './words.ts'

interface Props {
  issued: IssueResponse
  wish: Wish
  skills: SiteView['skills']
  hall: Hall
  api: Api
  onDone: () => void
}

/** The number: large, with what it means, and how to follow it. Goes away by itself. */
export function TicketScreen({ issued, wish, skills, hall, api, onDone }: Props) {
  const { ticket, ahead, wait, trackUrl } = issued
  const [first] = wish.services
  const prepared = wish.skill !== null || wish.accommodations.length > 0
  return (
    <div class={wish.services.length > 1 || prepared ? 'issued issued--more' : 'issued'}>
      <div class="issued-sheets">
        <Stub
          label={t('your-number')}
          number={ticket.number}
          ahead={ahead}
          wait={wait}
          foot={
            prepared && (
              <p class="stub-skill quiet" data-testid="ticket-prepared">
                {t('prepared')}
                {needsSkill(wish, skills) && ` · ${t('prepare-wait')}`}
              </p>
            )
          }
        >
          {wish.services.length === 1 ? (
            <p class="stub-service">{localised(first.name)}</p>
          ) : (
            <Choice wish={wish} />
          )}
        </Stub>
        <FollowSheet trackUrl={trackUrl} />
      </div>
      <div class="issued-words">
        {trackUrl !== null && (
          <p class="issued-listen">
            <Icon name="sound" />
            {t('listen')}
          </p>
        )}
        <PaperLine key={ticket.id} issued={issued} hall={hall} api={api} />
      </div>
      <Leaving onDone={onDone} />
    </div>
  )
}

interface StubProps extends Pick<IssueResponse, 'ahead' | 'wait'> {
  label: string
  number: string
  /** What it is for. */
  children: ComponentChildren
  foot?: ComponentChildren
}

/** The number, large, with its place and its wait. */
export function Stub({ label, number, ahead, wait, children, foot }: StubProps) {
  return (
    <section class="stub">
      <ScreenTitle class="stub-title">
        <span class="stub-label">{label}</span>
        <TicketNumber number={number} testId="ticket-number" />
      </ScreenTitle>
      {children}
      <dl class="stub-facts">
        <div>
          <dt>{t('ahead')}</dt>
          <dd data-testid="ticket-ahead">{t('ahead-count', { n: ahead })}</dd>
        </div>
        <div>
          <dt>{t('wait')}</dt>
          <dd data-testid="ticket-wait">{waitWords(wait)}</dd>
        </div>
      </dl>
      {foot}
    </section>
  )
}

/** How a phone follows it. */
export function FollowSheet({ trackUrl }: Pick<IssueResponse, 'trackUrl'>) {
  if (trackUrl === null) {
    return (
      <section class="follow follow--none" data-testid="ticket-no-phone">
        <Icon name="screen" class="follow-icon" />
        <h2>{t('no-phone-title')}</h2>
        <p>{t('no-phone-lead')}</p>
      </section>
    )
  }
  return (
    <section class="follow">
      <Qr text={trackUrl} testId="ticket-qr" />
      <h2>{t('qr-title')}</h2>
      <p>{t('qr-lead')}</p>
    </section>
  )
}
