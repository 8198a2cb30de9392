import { Icon } from '#ui/components/Icon.tsx'
import { t } from './words.ts'

/** After closing time: who is inside is still served. A slim line, because it stays until the last one leaves. [CONSOLE25] */
export function ClosingStrip({ inside }: { inside: number }) {
  if (inside === 0) return null
  return (
    <p class="closing" role="status" data-testid="after-hours">
      <Icon name="clock" />
      {t('after-hours', { n: inside })}
    </p>
  )
}
