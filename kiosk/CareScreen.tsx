import { Button } from '#ui/components/Button.tsx'
import { Icon, type IconName } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { localised } from '#ui/i18n.ts'
import type { Service, VisitSteps } from './visit.ts'
import { t } from './words.ts'

/** One question, two answers of equal weight, no reason asked. [KIOSK3] */
export function CareScreen({ service, steps }: { service: Service; steps: VisitSteps }) {
  return (
    <div class="question">
      <p class="question-choice">
        <span class="quiet">{t('your-choice')}</span> <strong>{localised(service.name)}</strong>
      </p>
      <ScreenTitle>{t('care-title')}</ScreenTitle>
      <p class="question-lead">
        <span class="phrase">{t('care-lead')}</span> <span class="phrase">{t('care-private')}</span>
      </p>
      <div class="answers">
        <Answer
          id="care-yes"
          icon="heart"
          name={t('care-yes')}
          note={t('care-yes-note')}
          onClick={steps.wantCare}
        />
        <Answer
          id="care-no"
          icon="ticket"
          name={t('care-no')}
          note={t('care-no-note')}
          onClick={() => steps.take()}
        />
      </div>
      <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
        {t('back')}
      </Button>
    </div>
  )
}

interface AnswerProps {
  id: string
  icon: IconName
  name: string
  note: string
  onClick: () => void
}

function Answer({ id, icon, name, note, onClick }: AnswerProps) {
  return (
    <button type="button" class="answer" data-testid={id} onClick={onClick}>
      <span class="answer-icon">
        <Icon name={icon} />
      </span>
      <span class="answer-name">{name}</span>
      <span class="answer-note">{note}</span>
    </button>
  )
}
