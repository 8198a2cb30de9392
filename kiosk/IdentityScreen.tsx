import { Button } from '#ui/components/Button.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { Answer } from './Answer.tsx'
import { CardHere } from './CardScreen.tsx'
import { Choice } from './Choice.tsx'
import { t } from './identity-words.ts'
import type { VisitSteps } from './visit.ts'
import type { Wish } from './wish.ts'
import { t as word } from './words.ts'

/** Would you show who you are? Two answers of equal weight; the first is given to the reader. [IDENT9] */
export function IdentityScreen({ wish, steps }: { wish: Wish; steps: VisitSteps }) {
  return (
    <div class="question" data-testid="identity-screen">
      <Choice wish={wish} />
      <ScreenTitle>{t('identity-title')}</ScreenTitle>
      <p class="question-lead">{t('identity-lead')}</p>
      <div class="answers">
        <CardHere name={t('identity-here')} note={t('identity-here-note')} />
        <Answer
          id="identity-without"
          icon="ticket"
          name={t('identity-without')}
          note={t('identity-without-note')}
          onClick={steps.withoutIdentity}
        />
      </div>
      <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
        {word('back')}
      </Button>
    </div>
  )
}
