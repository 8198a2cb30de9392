import './clock.css'
import { useSignal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { dayAndWeekday, hourMinute } from '#ui/i18n.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  site: SiteView
  /** Supervisors and administrators confirm; others are told whom to ask. */
  mayConfirm: boolean
  /** ms */
  now: number
  refresh: () => Promise<void>
}

/** No tickets are issued until somebody who may says that the machine's time is right. [CLOCK4] */
export function ClockNotice({ api, site, mayConfirm, now, refresh }: Props) {
  const failed = useSignal<ErrorKey | null>(null)
  const busy = useSignal(false)
  const confirm = async () => {
    busy.value = true
    failed.value = await api.confirmClock(site.id).then(
      () => null,
      (error: unknown) => (error instanceof ApiError ? error.key : 'internal'),
    )
    busy.value = false
    await refresh()
  }
  const time = `${dayAndWeekday(now, site.timeZone)} ${hourMinute(now, site.timeZone)}`
  return (
    <div class="notice-strip" data-testid="clock-held">
      <Notice tone="amber" icon="clock" title={t('title')}>
        {mayConfirm ? (
          <div class="clock-held-ask">
            <p>{t('ask', { time })}</p>
            <Button tone="primary" busy={busy.value} onClick={confirm} data-testid="clock-confirm">
              {t('confirm')}
            </Button>
          </div>
        ) : (
          <p>{t('tell')}</p>
        )}
        {failed.value && <p>{errorWords(failed.value)}</p>}
      </Notice>
    </div>
  )
}
