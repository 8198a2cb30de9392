import '#ui/sure.css'
import { useSignal } from '@preact/signals'
import type { ApiKeyItem } from '#protocol/api-key.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { dayAndWeekday, dayOfYear, hourMinute } from '#ui/i18n.ts'
import { t } from './words.ts'

interface Props {
  item: ApiKeyItem
  timeZone: string
  /** ms on the server's clock */
  now: number
  onRevoke: () => void
}

export function ApiKeyRow({ item: { name, scopes, expiresAt, usedAt }, timeZone, now, onRevoke }: Props) {
  const sure = useSignal(false)
  const used =
    usedAt === null
      ? t('unused')
      : t('used', { time: `${dayAndWeekday(usedAt, timeZone)} ${hourMinute(usedAt, timeZone)}` })
  return (
    <li class="card api-keys-item" data-testid="api-key">
      <Icon name="key" />
      <span>
        <b>{name}</b> {expiresAt <= now && <Chip tone="amber">{t('over')}</Chip>}
        <br />
        {scopes.map((scope) => t(scope)).join(' · ')}
        <br />
        <small class="quiet">{[t('until', { day: dayOfYear(expiresAt, timeZone) }), used].join(' · ')}</small>
      </span>
      {sure.value ? (
        <p class="sure" role="alert">
          {t('revoke-sure', { name })}{' '}
          <Button tone="danger" data-testid="revoke-now" onClick={onRevoke}>
            {t('revoke-now')}
          </Button>
          <Button
            onClick={() => {
              sure.value = false
            }}
          >
            {t('keep')}
          </Button>
        </p>
      ) : (
        <Button
          tone="quiet"
          data-testid="revoke"
          onClick={() => {
            sure.value = true
          }}
        >
          {t('revoke')}
        </Button>
      )}
    </li>
  )
}
