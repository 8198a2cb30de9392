import type { KioskPrinter } from '#protocol/printing.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { paperTrouble } from './paper.ts'
import { t } from './words.ts'

interface Props {
  printer: KioskPrinter | null
  /** Phones can follow a ticket. */
  phones: boolean
}

/** No paper now: said calmly before anybody chooses, with what there is instead. [PRINT10] */
export function PaperNotice({ printer, phones }: Props) {
  const trouble = paperTrouble(printer)
  return (
    trouble && (
      <p class="paper-notice" role="status" data-testid="no-paper">
        <Icon name="printer" />
        <span>
          <strong>{t(trouble)}</strong> {t(phones ? 'paper-instead' : 'paper-instead-no-phone')}
        </span>
      </p>
    )
  )
}
