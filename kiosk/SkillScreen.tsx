import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { localised } from '#ui/i18n.ts'
import type { VisitSteps } from './visit.ts'
import { t } from './words.ts'

/** What is needed of the person who serves: one, or none of these. [KIOSK10] */
export function SkillScreen({ skills, steps }: { skills: SiteView['skills']; steps: VisitSteps }) {
  return (
    <div class="question">
      <ScreenTitle>{t('skill-title')}</ScreenTitle>
      <p class="question-lead">{t('skill-lead')}</p>
      <div class="needs">
        {skills.map(({ id, name }) => (
          <Button key={id} large class="need" data-testid={`skill-${id}`} onClick={() => steps.needSkill(id)}>
            {localised(name)}
          </Button>
        ))}
        <Button large class="need need--none" data-testid="skill-none" onClick={() => steps.needSkill(null)}>
          {t('skill-none')}
        </Button>
      </div>
      <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
        {t('back')}
      </Button>
    </div>
  )
}
