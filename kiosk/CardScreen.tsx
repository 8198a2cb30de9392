import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import type { VisitSteps } from './visit.ts'
import { t } from './words.ts'

/** Where to hold the card. Not a button: the reader hears it. */
export function CardHere({ name, note }: { name: string; note: string }) {
  return (
    <div class="card-here" data-testid="card-here">
      <span class="answer-icon">
        <Icon name="card" />
      </span>
      <span class="answer-name">{name}</span>
      <span class="answer-note">{note}</span>
    </div>
  )
}

/** For who has a card that grants care. Nothing of it is shown. [KIOSK11] */
export function CardScreen({ steps }: { steps: VisitSteps }) {
  return (
    <div class="question" data-testid="card-screen">
      <ScreenTitle>{t('card-title')}</ScreenTitle>
      <div class="answers answers--one">
        <CardHere name={t('card-yes')} note={t('card-lead')} />
      </div>
      <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
        {t('back')}
      </Button>
    </div>
  )
}

/** A card no rule of the hall knows: once more, without it, or our staff. */
export function UnknownCardScreen({ steps }: { steps: VisitSteps }) {
  return (
    <div class="message" data-testid="unknown-card">
      <Icon name="card" class="message-icon message-icon--amber" />
      <ScreenTitle>{t('card-unknown-title')}</ScreenTitle>
      <p class="message-lead">{t('card-unknown-lead')}</p>
      <div class="message-actions">
        <Button large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
        <Button tone="primary" large icon="ticket" onClick={() => steps.take()} data-testid="card-without">
          {t('card-without')}
        </Button>
      </div>
    </div>
  )
}
