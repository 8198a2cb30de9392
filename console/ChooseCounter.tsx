import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { localised } from '#ui/i18n.ts'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

interface Props {
  shift: Shift
  site: SiteView
  current: string | null
  onChoose: (counterId: string) => void
  onBack: () => void
}

/** Which window: for an account that has none of its own, and for supervisors. */
export function ChooseCounter({ shift, site, current, onChoose, onBack }: Props) {
  return (
    <main class="gate">
      <div class="gate-sheet gate-sheet--wide card card--raised">
        <header class="gate-head">
          <Wordmark />
          <LanguageSwitch />
          <Button tone="quiet" onClick={() => shift.signOut()}>
            {t('sign-out')}
          </Button>
        </header>
        <ScreenTitle>{t('choose-title')}</ScreenTitle>
        <p class="quiet">{t('choose-lead')}</p>
        <ul class="choices">
          {site.counters.map((counter) => (
            <li key={counter.id}>
              <button
                type="button"
                class="choice"
                aria-current={counter.id === current ? 'true' : undefined}
                data-testid={`choose-${counter.id}`}
                onClick={() => onChoose(counter.id)}
              >
                <strong class="choice-name">{t('counter', { number: counter.number })}</strong>
                <span class="choice-lanes">
                  {counter.lanes
                    .map(({ laneId }) => site.lanes.find(({ id }) => id === laneId))
                    .map((lane) => (lane ? localised(lane.name) : ''))
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {current !== null && (
          <Button icon="back" onClick={onBack}>
            {t('counter', { number: site.counters.find(({ id }) => id === current)?.number ?? '' })}
          </Button>
        )}
      </div>
    </main>
  )
}
