import type { SiteView } from '#protocol/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { hoursToday, opensNext } from '#ui/hours.ts'
import { AskButtons } from './HomeScreen.tsx'
import { useNow } from './use-now.ts'
import { t } from './words.ts'

interface Props {
  site: SiteView
  /** The hall's clock, ms. */
  clock: () => number
  onAsk: (() => void) | null
}

/** The hall gives no numbers now, and says when it does; who has one may still ask about it. [KIOSK14] */
export function ClosedScreen({ site, clock, onAsk }: Props) {
  const now = useNow(clock)
  const today = hoursToday(site, now)
  const next = opensNext(site, now)
  return (
    <div class="message" data-testid="closed">
      <Icon name="moon" class="message-icon" />
      <ScreenTitle>{t('closed-title')}</ScreenTitle>
      {(today || next) && (
        <dl class="facts" data-testid="closed-hours">
          {today && (
            <div>
              <dt>{t('closed-today')}</dt>
              <dd>{today}</dd>
            </div>
          )}
          {next && (
            <div>
              <dt>{t('closed-next')}</dt>
              <dd data-testid="closed-next">{next}</dd>
            </div>
          )}
        </dl>
      )}
      <p class="message-lead">{t('closed-lead')}</p>
      <p class="message-lead">{t('closed-inside')}</p>
      <div class="message-actions">{onAsk && <AskButtons onAsk={onAsk} />}</div>
    </div>
  )
}
