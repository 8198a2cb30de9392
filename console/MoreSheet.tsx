import type { SheetProps } from './ChoiceSheet.tsx'
import { markOf, moreOf } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import type { Leg } from './model.ts'
import { Sheet } from './Sheet.tsx'
import { t } from './words.ts'

/** What is seldom needed of the ticket on the desk. [CONSOLE26] */
export function MoreSheet({
  leg,
  prints,
  pending,
  disabled,
  onRun,
  onLeave,
}: SheetProps & { leg: Leg; prints: boolean }) {
  return (
    <Sheet title={t('more-title', { number: leg.number })} note={t('more-note')} onLeave={onLeave}>
      <div class="sheet-options sheet-options--two">
        {moreOf(leg, prints).map(({ key, errand }) => (
          <KeyButton
            key={key}
            name={markOf(errand)}
            label={
              errand.errand === 'language' ? t(`language-${errand.language}`) : t(`menu-${errand.errand}`)
            }
            note={errand.errand === 'language' ? t('language-what') : t(`${errand.errand}-what`)}
            keySign={key}
            pending={pending}
            disabled={disabled}
            onPress={(by) => onRun(errand, by)}
          />
        ))}
      </div>
    </Sheet>
  )
}
