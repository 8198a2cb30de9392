import './alerts.css'
import type { SiteView } from '#protocol/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import type { LiveStaff } from '#ui/live.ts'
import { alertsOf } from './alerts.ts'
import { alertSubject, t } from './health-words.ts'

interface Props {
  live: Pick<LiveStaff, 'devices' | 'printers'>
  site: SiteView
  now: number
}

/** On the page of the hall: that something is to be done about a screen or printer, and where it says what. [HEALTH5] */
export function AlertStrip({ live, site, now }: Props) {
  const devices = live.devices.value
  if (devices === null) return null
  const alerts = alertsOf({ devices, printers: live.printers.value, site }, now)
  if (alerts.length === 0) return null
  const names = [...new Set(alerts.map(alertSubject))].join(' · ')
  return (
    <p class="alert-strip" role="status" data-testid="alert-strip">
      <Icon name="warning" />
      <span>{t('strip', { n: alerts.length, names })}</span>
      <a href="#/screens">{t('strip-look')}</a>
    </p>
  )
}
