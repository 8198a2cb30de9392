import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { localised } from '#ui/i18n.ts'
import { isNeeded, type Need, needsOf, needsSkill } from './needs.ts'
import type { VisitSteps } from './visit.ts'
import type { Skills, Wish } from './wish.ts'
import { t } from './words.ts'

/** What staff should prepare: as many as are wanted, and no reason asked. [PREPARE1] [KIOSK10] */
export function PrepareScreen({ wish, skills, steps }: { wish: Wish; skills: Skills; steps: VisitSteps }) {
  const needs = needsOf(skills)
  const chosen = needs.filter((need) => isNeeded(wish, need)).length
  return (
    <div class="question prepare" data-testid="prepare-screen">
      <ScreenTitle>{t('prepare-title')}</ScreenTitle>
      <p class="question-lead">{t('prepare-lead')}</p>
      <ul class="prepare-list">
        {needs.map((need) => {
          const id = 'skill' in need ? need.skill : need.accommodation
          return (
            <li key={id}>
              <button
                type="button"
                class="check-item"
                aria-pressed={isNeeded(wish, need)}
                data-testid={`prepare-${id}`}
                onClick={() => steps.need(need, skills)}
              >
                <span class="check-mark">{isNeeded(wish, need) && <Icon name="check" />}</span>
                <span class="check-name">{nameOf(need, skills)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <p class="prepare-wait" data-shown={needsSkill(wish, skills)}>
        {t('prepare-wait')}
      </p>
      <div class="matters-go">
        <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
        {chosen > 0 && (
          <Button large onClick={() => steps.keepNeeds(true)} data-testid="prepare-none">
            {t('prepare-none')}
          </Button>
        )}
        <Button tone="primary" large onClick={() => steps.keepNeeds()} data-testid="prepare-done">
          {chosen === 0 ? t('prepare-none') : t('prepare-done', { n: chosen })}
        </Button>
      </div>
    </div>
  )
}

function nameOf(need: Need, skills: Skills): string {
  if ('accommodation' in need) return t(`prepare-${need.accommodation}`)
  const skill = skills.find(({ id }) => id === need.skill)
  return skill ? localised(skill.name) : need.skill
}
