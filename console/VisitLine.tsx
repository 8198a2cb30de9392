import type { SiteView } from '#protocol/api.ts'
import { localised } from '#ui/i18n.ts'
import type { Step } from './visit.ts'
import { t } from './words.ts'

/** What is still open of the visit besides this matter, which is named above; one quiet line. [CONSOLE17] */
export function VisitLine({ site, steps }: { site: SiteView; steps: readonly Step[] }) {
  if (steps.length === 0) return null
  const first = steps.findIndex(({ when }) => when === 'next')
  return (
    <ol class="visit" aria-label={t('visit')} data-testid="visit">
      {steps.map(
        ({ serviceId, laneId, when }, index) =>
          when !== 'here' && (
            <li key={serviceId} class={`visit-step visit-step--${when}`}>
              {t(index === first ? 'step-next' : when === 'next' ? 'step-then' : `step-${when}`, {
                service: serviceName(site, serviceId),
                lane: laneSign(site, laneId),
              })}
            </li>
          ),
      )}
    </ol>
  )
}

export function serviceName({ services }: SiteView, id: string): string {
  const service = services.find((each) => each.id === id)
  return service ? localised(service.name) : id
}

/** `B 队列` / `lane B`. */
export function laneSign({ lanes }: SiteView, id: string | null): string {
  const lane = lanes.find((each) => each.id === id)
  return lane ? t('lane-sign', { letter: lane.letter }) : ''
}
