import { Button } from '#ui/components/Button.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import type { VisitSteps } from './visit.ts'
import type { CareNeed } from './wish.ts'
import { t } from './words.ts'

const NEEDS: readonly CareNeed[] = ['pregnant', 'disabled', 'lives-alone', 'infant', 'other']

/** Why care is wanted, for who wants to say. Leaving it out is as large as saying it. [KIOSK3] */
export function NeedScreen({ steps }: { steps: VisitSteps }) {
  return (
    <div class="question">
      <ScreenTitle>{t('need-title')}</ScreenTitle>
      <p class="question-lead">{t('need-lead')}</p>
      <div class="needs">
        {NEEDS.map((need) => (
          <Button
            key={need}
            large
            class="need"
            data-testid={`need-${need}`}
            data-unspoken
            onClick={() => steps.take({ need })}
          >
            {t(`need-${need}`)}
          </Button>
        ))}
        <Button large class="need need--none" data-testid="need-none" onClick={() => steps.take({})}>
          {t('need-none')}
        </Button>
      </div>
      <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
        {t('back')}
      </Button>
    </div>
  )
}
