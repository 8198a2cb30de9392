import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { hourMinuteSecond, ownTimeZone } from '#ui/i18n.ts'
import { shared } from '#ui/words.ts'
import type { Hall } from './hall.ts'
import { t } from './words.ts'

/** Out of touch: says so, since when, and where to go. Issues nothing. [KIOSK5] */
export function LostScreen({ hall }: { hall: Hall }) {
  const heard = hall.live.lastHeard.value
  const timeZone = hall.site.value?.timeZone ?? ownTimeZone()
  return (
    <div class="message" role="alert" data-testid="lost">
      <Icon name="unplugged" class="message-icon message-icon--amber" />
      <ScreenTitle>{shared('lost')}</ScreenTitle>
      <p class="message-lead">{t('lost-lead')}</p>
      <p class="quiet message-time">
        {heard === null
          ? shared('never-heard')
          : shared('last-update', { time: hourMinuteSecond(heard, timeZone) })}
      </p>
    </div>
  )
}
