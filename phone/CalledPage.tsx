import type { ComponentChildren } from 'preact'
import type { TicketView } from '#protocol/board.ts'
import { TicketNumber } from '#ui/components/TicketNumber.tsx'
import { language, localised } from '#ui/i18n.ts'
import { adviceWords, stateWords } from './ticket-words.ts'
import { t } from './words.ts'

/** Your turn: the whole page turns to jade and says where to go. The call id restarts the motion at each recall. */
export function CalledPage({ ticket, children }: { ticket: TicketView; children: ComponentChildren }) {
  const { counter } = ticket
  return (
    <main class="called" key={ticket.callId}>
      <p class="visually-hidden" role="alert" data-testid="phone-state">
        {stateWords(ticket)}
      </p>
      <h1 class="called-title">{adviceWords(ticket)}</h1>
      {counter === null ? (
        <p class="called-go">{stateWords(ticket)}</p>
      ) : (
        <p class="called-where" aria-hidden="true">
          <span class="called-go">{t('go-to')}</span>
          {language.value === 'en' && <span class="called-go">{t('counter')}</span>}
          <span class="called-counter number" data-testid="phone-counter">
            {counter}
          </span>
          {language.value === 'zh-CN' && <span class="called-go">{t('counter')}</span>}
        </p>
      )}
      <div class="called-own">
        <p>{t('your-number')}</p>
        <TicketNumber number={ticket.number} testId="phone-number" />
        <p>{localised(ticket.serviceName)}</p>
      </div>
      {children}
    </main>
  )
}
