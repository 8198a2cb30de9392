import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { localised } from '#ui/i18n.ts'
import type { VisitSteps } from './visit.ts'
import { MATTERS, type Order, type Service, type Wish } from './wish.ts'
import { t } from './words.ts'

interface Props {
  wish: Wish
  site: SiteView
  steps: VisitSteps
}

const ORDERS: readonly Order[] = ['sequence', 'any']

/** What else? Touched once it is in, with its place; touched again it is out. [KIOSK9] */
export function MattersScreen({ wish, site, steps }: Props) {
  const count = wish.services.length
  return (
    <div class="question matters">
      <ScreenTitle>{t('matters-title')}</ScreenTitle>
      <p class="question-lead">{count < MATTERS ? t('matters-lead') : t('matters-most', { n: MATTERS })}</p>
      <ul class="matter-list">
        {site.services.map((service) => (
          <li key={service.id}>
            <Matter
              service={service}
              place={wish.services.findIndex(({ id }) => id === service.id) + 1}
              full={site.full.includes(service.id)}
              most={count >= MATTERS}
              onToggle={steps.toggle}
            />
          </li>
        ))}
      </ul>
      <fieldset class="matter-order" data-shown={count > 1}>
        <legend>{t('matters-order')}</legend>
        {ORDERS.map((order) => (
          <button
            key={order}
            type="button"
            class="order"
            aria-pressed={wish.order === order}
            disabled={count < 2}
            data-testid={`order-${order}`}
            onClick={() => steps.inOrder(order)}
          >
            <Icon name="check" class="order-mark" />
            {t(`order-${order}`)}
          </button>
        ))}
      </fieldset>
      <div class="matters-go">
        <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
        <Button tone="primary" large onClick={steps.keepMatters} data-testid="matters-done">
          {count === 1 ? t('matters-one') : t('matters-done', { n: count })}
        </Button>
      </div>
    </div>
  )
}

interface MatterProps {
  service: Service
  /** From 1; 0: not chosen. */
  place: number
  full: boolean
  most: boolean
  onToggle: (service: Service) => void
}

function Matter({ service, place, full, most, onToggle }: MatterProps) {
  const chosen = place > 0
  return (
    <button
      type="button"
      class="matter"
      aria-pressed={chosen}
      disabled={!chosen && (full || most)}
      data-testid={`matter-${service.id}`}
      onClick={() => onToggle(service)}
    >
      <span class="matter-mark number">{chosen ? place : <Icon name="plus" />}</span>
      <span class="matter-name">{localised(service.name)}</span>
      {full && <span class="matter-full">{t('full')}</span>}
    </button>
  )
}
