import { useEffect } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { opensAnotherDay } from '#ui/hours.ts'
import { Choice } from './Choice.tsx'
import type { VisitSteps } from './visit.ts'
import { type Wish, withoutFull } from './wish.ts'
import { t } from './words.ts'

interface Props {
  wish: Wish
  site: SiteView
  /** The hall's clock, ms. */
  clock: () => number
  steps: VisitSteps
  onHome: () => void
  /** The server says so; this screen may not have known. */
  onFull: () => void
}

/** Today's numbers for it are given out: what to do, and nothing asked further. [KIOSK12] */
export function FullScreen({ wish, site, clock, steps, onHome, onFull }: Props) {
  useEffect(onFull, [])
  const next = opensAnotherDay(site, clock())
  const rest = withoutFull(wish, site.full)
  const gone = withoutFull(
    wish,
    site.services.flatMap(({ id }) => (site.full.includes(id) ? [] : [id])),
  )
  return (
    <div class="message" data-testid="full">
      <Icon name="ticket" class="message-icon message-icon--amber" />
      <Choice wish={gone ?? wish} onGuide={steps.readGuide} />
      <ScreenTitle>{t('full-title')}</ScreenTitle>
      {next && (
        <dl class="facts">
          <div>
            <dt>{t('closed-next')}</dt>
            <dd data-testid="full-next">{next}</dd>
          </div>
        </dl>
      )}
      <p class="message-lead">{t('full-lead')}</p>
      <div class="message-actions">
        <Button large tone={rest && gone ? 'plain' : 'primary'} onClick={onHome} back data-testid="home">
          {t('home')}
        </Button>
        {rest && gone && (
          <Button tone="primary" large onClick={() => steps.goOnWithout(site.full)} data-testid="full-rest">
            {t('full-rest')}
          </Button>
        )}
      </div>
    </div>
  )
}
