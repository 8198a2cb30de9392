import type { TicketView } from '#protocol/board.ts'
import { t } from './later-words.ts'

/** That the call was made on paper, while the counter was out of touch. [PAPER6] */
export function OnPaper({ ticket }: { ticket: TicketView }) {
  return (
    <p class="place-why" data-testid="phone-on-paper">
      {t(ticket.state === 'missed' ? 'on-paper-missed' : 'on-paper')}
    </p>
  )
}
