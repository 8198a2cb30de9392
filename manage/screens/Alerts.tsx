import './alerts.css'
import type { SiteView } from '#protocol/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import type { Alert } from './alerts.ts'
import { alertWords, t } from './health-words.ts'

/** What is to be done about the screens, worst first, each with what to do. [HEALTH5] */
export function Alerts({ alerts, site, now }: { alerts: readonly Alert[]; site: SiteView; now: number }) {
  if (alerts.length === 0) return null
  return (
    <section class="card alerts" aria-labelledby="alerts-title" data-testid="alerts">
      <h2 id="alerts-title">{t('alerts-title')}</h2>
      <ul>
        {alerts.map((alert) => (
          <li key={`${alert.kind} ${alert.name}`} data-testid={`alert-${alert.kind}-${alert.name}`}>
            <Icon
              name={alert.kind === 'printer' ? 'printer' : alert.kind === 'silent' ? 'unplugged' : 'warning'}
            />
            {alertWords(alert, site.timeZone, now)}
          </li>
        ))}
      </ul>
    </section>
  )
}
