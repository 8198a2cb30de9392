import type { SiteView } from '#protocol/api.ts'
import { localised } from '#ui/i18n.ts'
import { t } from './words.ts'

/** What whoever serves the ticket must be able to do. */
export function Skill({ site, skill }: { site: SiteView; skill: string }) {
  return (
    <span class="skill" title={t('skill-why')}>
      {skillName(site, skill)}
    </span>
  )
}

export function skillName({ skills }: SiteView, id: string): string {
  const skill = skills.find((each) => each.id === id)
  return skill ? localised(skill.name) : id
}
