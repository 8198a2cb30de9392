import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { localised } from '#ui/i18n.ts'
import type { Wish } from './wish.ts'
import { t } from './words.ts'

/** What the resident has come for, in one line or in a numbered list. */
export function Choice({ wish, onGuide }: { wish: Wish; onGuide?: () => void }) {
  const { services, order } = wish
  const [first] = services
  return (
    <div class="choice" data-testid="choice">
      {services.length === 1 ? (
        <p>
          <span class="quiet">{t('your-choice')}</span> <strong>{localised(first.name)}</strong>
        </p>
      ) : (
        <div>
          <p class="quiet">
            {t('matters', { n: services.length })}
            {order === 'any' && ` · ${t('then-any')}`}
          </p>
          <ol class="choice-list">
            {services.map((service, n) => (
              <li key={service.id}>
                <span class="choice-n number">{n + 1}</span>
                {localised(service.name)}
              </li>
            ))}
          </ol>
        </div>
      )}
      {onGuide && (
        <Button class="choice-guide" onClick={onGuide} data-testid="guide">
          <Icon name="document" />
          {t('guide')}
        </Button>
      )}
    </div>
  )
}
