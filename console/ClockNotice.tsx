import { useSignal } from '@preact/signals'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { dayAndWeekday, hourMinute } from '#ui/i18n.ts'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

interface Props {
  shift: Shift
  person: SessionView
  site: SiteView
  now: number
}

/** No tickets are issued until somebody who may says that the machine's time is right. [CLOCK4] */
export function ClockNotice({ shift, person, site, now }: Props) {
  const failed = useSignal<ErrorKey | null>(null)
  const busy = useSignal(false)
  const confirm = async () => {
    busy.value = true
    failed.value = await shift.api.confirmClock(site.id).then(
      () => null,
      (error: unknown) => (error instanceof ApiError ? error.key : 'internal'),
    )
    busy.value = false
    await shift.refresh()
  }
  const time = `${dayAndWeekday(now, site.timeZone)} ${hourMinute(now, site.timeZone)}`
  return (
    <div class="notice-strip" data-testid="clock-held">
      <Notice tone="amber" icon="clock" title={t('clock-title')}>
        {person.role === 'staff' ? (
          <p>{t('clock-tell')}</p>
        ) : (
          <div class="clock-held-ask">
            <p>{t('clock-ask', { time })}</p>
            <Button tone="primary" busy={busy.value} onClick={confirm} data-testid="clock-confirm">
              {t('clock-confirm')}
            </Button>
          </div>
        )}
        {failed.value && <p>{errorWords(failed.value)}</p>}
      </Notice>
    </div>
  )
}
