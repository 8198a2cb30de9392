import type { IssueResponse } from '#protocol/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { Qr } from '#ui/components/Qr.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { TicketNumber } from '#ui/components/TicketNumber.tsx'
import { localised, waitWords } from '#ui/i18n.ts'
import { Leaving } from './Leaving.tsx'
import type { Service } from './visit.ts'
import { t } from './words.ts'

interface Props {
  issued: IssueResponse
  service: Service
  onDone: () => void
}

/** The number: large, with what it means, and how to follow it. Goes away by itself. */
export function TicketScreen({ issued, service, onDone }: Props) {
  const { ticket, ahead, wait, trackUrl } = issued
  return (
    <div class="issued">
      <div class="issued-sheets">
        <section class="stub">
          <ScreenTitle class="stub-title">
            <span class="stub-label">{t('your-number')}</span>
            <TicketNumber number={ticket.number} testId="ticket-number" />
          </ScreenTitle>
          <p class="stub-service">{localised(service.name)}</p>
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
        </section>
        {trackUrl === null ? (
          <section class="follow follow--none" data-testid="ticket-no-phone">
            <Icon name="screen" class="follow-icon" />
            <h2>{t('no-phone-title')}</h2>
            <p>{t('no-phone-lead')}</p>
          </section>
        ) : (
          <section class="follow">
            <Qr text={trackUrl} testId="ticket-qr" />
            <h2>{t('qr-title')}</h2>
            <p>{t('qr-lead')}</p>
          </section>
        )}
      </div>
      {trackUrl !== null && (
        <p class="issued-listen">
          <Icon name="sound" />
          {t('listen')}
        </p>
      )}
      <Leaving onDone={onDone} />
    </div>
  )
}
