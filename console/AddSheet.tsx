import type { Signal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import { localised } from '#ui/i18n.ts'
import type { SheetProps } from './ChoiceSheet.tsx'
import { ORDER_KEY } from './choosing.ts'
import { KeyButton } from './KeyButton.tsx'
import type { Leg } from './model.ts'
import { Sheet } from './Sheet.tsx'
import { laneSign } from './VisitLine.tsx'
import type { Matter, Order } from './visit.ts'
import { t } from './words.ts'

interface Props extends SheetProps {
  leg: Leg
  site: SiteView
  matters: readonly Matter[]
  order: Signal<Order>
}

const ORDERS: readonly Order[] = ['sequence', 'any']

/** What else did they come for? The services that are not in the visit yet, and when. [CONSOLE18] */
export function AddSheet({ leg, site, matters, order, pending, disabled, onRun, onLeave }: Props) {
  return (
    <Sheet title={t('add-title', { number: leg.number })} note={t('add-note')} onLeave={onLeave}>
      <div class="order" role="radiogroup" aria-label={t('add-when')}>
        {ORDERS.map((when) => (
          <label key={when} class="order-way">
            <input
              type="radio"
              name="order"
              checked={order.value === when}
              data-testid={`order-${when}`}
              onChange={() => {
                order.value = when
              }}
            />
            <span>{t(`order-${when}`)}</span>
            {order.value !== when && (
              <span class="act-key" aria-hidden="true">
                {ORDER_KEY}
              </span>
            )}
          </label>
        ))}
      </div>
      <div class="sheet-options">
        {matters.map(({ id, name, laneId, key, full }) => (
          <KeyButton
            key={id}
            name={`add-${id}`}
            label={localised(name)}
            note={full ? t('full-today') : laneSign(site, laneId)}
            keySign={full ? null : key}
            pending={pending}
            disabled={disabled || full}
            onPress={(by) => onRun({ errand: 'add-service', leg, serviceId: id, order: order.value }, by)}
          />
        ))}
      </div>
    </Sheet>
  )
}
