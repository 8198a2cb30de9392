import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { localised } from '#ui/i18n.ts'
import type { VisitSteps } from './visit.ts'
import type { Service, Wish } from './wish.ts'
import { t } from './words.ts'

/** What the service is, what to bring, and by when it is promised; of each matter that was chosen. [KIOSK15] */
export function GuideScreen({ wish, steps }: { wish: Wish; steps: VisitSteps }) {
  const several = wish.services.length > 1
  return (
    <div class="question guide" data-testid="guide-screen">
      <ScreenTitle>{t('guide')}</ScreenTitle>
      <div class="guide-sheets" data-several={several}>
        {wish.services.map((service) => (
          <Sheet key={service.id} service={service} short={several} />
        ))}
      </div>
      <p class="question-lead">{t('guide-short')}</p>
      <Button tone="primary" large onClick={() => steps.back()} back data-testid="guide-done">
        {t('guide-done')}
      </Button>
    </div>
  )
}

/** `short`: of several, only what to bring and by when. */
function Sheet({ service, short }: { service: Service; short: boolean }) {
  const { name, guide, materials, promisedDays } = service
  return (
    <section class="guide-sheet">
      <h2>{localised(name)}</h2>
      {guide && !short && <p class="guide-text">{localised(guide)}</p>}
      {materials.length === 0 ? (
        <p class="guide-bring">{t('guide-nothing')}</p>
      ) : (
        <div class="guide-bring">
          {!short && <h3>{t('guide-bring')}</h3>}
          <ul class="guide-materials">
            {materials.map((material) => (
              <li key={material.en}>
                <Icon name="document" />
                <span>
                  {localised(material)}
                  {material.where && !short && <small>{localised(material.where)}</small>}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {promisedDays !== null && (
        <p class="guide-promise">
          <Icon name="clock" />
          {promisedDays === 0 ? t('guide-at-once') : t('guide-days', { n: promisedDays })}
        </p>
      )}
    </section>
  )
}
