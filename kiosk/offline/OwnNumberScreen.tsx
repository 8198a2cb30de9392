import { useEffect } from 'preact/hooks'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { TicketNumber } from '#ui/components/TicketNumber.tsx'
import { localised } from '#ui/i18n.ts'
import { PaperSlip } from '#ui/paper/PaperSlip.tsx'
import { Choice } from '../Choice.tsx'
import { Leaving } from '../Leaving.tsx'
import type { Wish } from '../wish.ts'
import { t as word } from '../words.ts'
import type { OwnNumber } from './own-numbers.ts'
import { t } from './words.ts'

interface Props {
  own: OwnNumber
  wish: Wish
  /** Care was wished, or something to be prepared: why and what is kept nowhere. */
  tellStaff: boolean
  onDone: () => void
}

/** A number of the kiosk's own: as large as any, with what is otherwise about it. [OFFLINE3] [OFFLINE9] */
export function OwnNumberScreen({ own, wish, tellStaff, onDone }: Props) {
  const { number, slip } = own
  const [first] = wish.services
  useEffect(() => {
    if (slip) window.print()
  }, [slip])
  return (
    <div class="issued issued--more">
      <div class="issued-sheets">
        <section class="stub">
          <ScreenTitle class="stub-title">
            <span class="stub-label">{word('your-number')}</span>
            <TicketNumber number={number} testId="own-number" />
          </ScreenTitle>
          {wish.services.length === 1 ? (
            <p class="stub-service">{localised(first.name)}</p>
          ) : (
            <Choice wish={wish} />
          )}
        </section>
        <section class="follow follow--none">
          <Icon name="ticket" class="follow-icon" />
          <h2>{t('kept')}</h2>
          <p>{t('kept-lead')}</p>
          <p>{t(slip ? 'printed' : 'remember')}</p>
        </section>
      </div>
      <div class="issued-words">
        <p class="issued-listen">
          <Icon name="sound" />
          {t('no-follow')}
        </p>
        {tellStaff && (
          <p class="issued-listen" data-testid="tell-staff">
            <Icon name="person" />
            {t('tell-staff')}
          </p>
        )}
      </div>
      {slip && <PaperSlip slip={slip} />}
      <Leaving onDone={onDone} />
    </div>
  )
}
