import { Button } from '#ui/components/Button.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { localised } from '#ui/i18n.ts'
import { Answer } from './Answer.tsx'
import { missingOf } from './bring.ts'
import type { VisitSteps } from './visit.ts'
import type { Wish } from './wish.ts'
import { t } from './words.ts'

/** What is missing, said before the wait, with where to get it; and two ways on, both all right. [CHECK2] */
export function MissingScreen({ wish, steps }: { wish: Wish; steps: VisitSteps }) {
  const missing = missingOf(wish)
  return (
    <div class="question missing" data-testid="missing-screen">
      <ScreenTitle>{t('missing-title', { n: missing.length })}</ScreenTitle>
      <ul class="missing-list" data-many={missing.length > 2}>
        {missing.map((material) => (
          <li key={material['zh-CN']}>
            <strong>{localised(material)}</strong>
            <span>{material.where ? localised(material.where) : t('missing-ask')}</span>
          </li>
        ))}
      </ul>
      <div class="answers">
        <Answer
          id="wait-anyway"
          icon="ticket"
          name={t('wait-anyway')}
          note={t('wait-anyway-note')}
          onClick={steps.goOn}
        />
        <Answer
          id="take-list"
          icon="document"
          name={t('take-list')}
          note={t('take-list-note')}
          onClick={steps.takeList}
        />
      </div>
      <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
        {t('back')}
      </Button>
    </div>
  )
}
