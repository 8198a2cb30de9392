import '../offline.css'
import { Icon } from '#ui/components/Icon.tsx'
import { hourMinuteSecond } from '#ui/i18n.ts'
import { shared } from '#ui/words.ts'
import type { Hall } from '../hall.ts'
import { t } from './words.ts'

/** Out of touch: says so, and that numbers are given out all the same. [KIOSK5] */
export function AwayBand({ hall, name }: { hall: Hall; name: string }) {
  const heard = hall.live.lastHeard.value
  const timeZone = hall.site.value?.timeZone ?? ''
  return (
    <div class="away-band" role="status" data-testid="lost">
      <Icon name="unplugged" />
      <p>
        <strong>{shared('lost')}</strong> <span>{t('band', { name })}</span>{' '}
        <span class="quiet number">
          {heard === null ? t('band-never') : t('band-since', { time: hourMinuteSecond(heard, timeZone) })}
        </span>
      </p>
    </div>
  )
}
