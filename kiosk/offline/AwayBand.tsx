import '../offline.css'
import { Icon } from '#ui/components/Icon.tsx'
import { hourMinuteSecond } from '#ui/i18n.ts'
import { shared } from '#ui/words.ts'
import type { Hall } from '../hall.ts'
import { t } from './words.ts'

interface Props {
  hall: Hall
  name: string
  /** The kiosk's own browser prints; a printer of the hall prints for the server only. */
  prints: boolean
}

/** Out of touch: says so, that numbers are given out all the same, and before one is chosen that there is no paper. [KIOSK5] */
export function AwayBand({ hall, name, prints }: Props) {
  const heard = hall.live.lastHeard.value
  const timeZone = hall.site.value?.timeZone ?? ''
  return (
    <div class="away-band" role="status" data-testid="lost">
      <Icon name="unplugged" />
      <p>
        <strong>{shared('lost')}</strong> <span>{t('band', { name })}</span>{' '}
        {!prints && <span data-testid="away-no-paper">{t('band-no-paper')}</span>}{' '}
        <span class="quiet number">
          {heard === null ? t('band-never') : t('band-since', { time: hourMinuteSecond(heard, timeZone) })}
        </span>
      </p>
    </div>
  )
}
