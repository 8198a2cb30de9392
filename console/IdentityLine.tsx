import { useSignal } from '@preact/signals'
import type { IdentityResponse, PreparationResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  ticketId: string
  mask: NonNullable<PreparationResponse['identity']>
  onExpired: () => void
}

/** Who the resident at the counter is: masked, and whole by one press, which is written down. Gone with the ticket. [IDENT10] */
export function IdentityLine({ api, ticketId, mask, onExpired }: Props) {
  const whole = useSignal<IdentityResponse['identity']>(null)
  const open = useSignal(false)
  const busy = useSignal(false)
  const error = useSignal<ErrorKey | null>(null)
  const press = async (): Promise<void> => {
    if (busy.value) return
    error.value = null
    // What is on the desk already is not read, and written down, again.
    if (open.value || whole.value) {
      open.value = !open.value
      return
    }
    busy.value = true
    try {
      const { identity } = await api.get<IdentityResponse>(
        `/tickets/${encodeURIComponent(ticketId)}/identity`,
      )
      whole.value = identity
      open.value = identity !== null
    } catch (thrown) {
      const key = thrown instanceof ApiError ? thrown.key : 'internal'
      if (key === 'unauthenticated') onExpired()
      else error.value = key
    } finally {
      busy.value = false
    }
  }
  const shown = (open.value && whole.value) || mask
  return (
    <p class="identity" data-testid="identity">
      <Icon name="card" />
      {t('identity')}{' '}
      <strong class="number" data-testid="identity-shown">
        {shown.name} {shown.number}
      </strong>
      <Button
        tone="quiet"
        busy={busy.value}
        aria-pressed={open.value}
        title={t('identity-logged')}
        data-testid="identity-reveal"
        onClick={() => void press()}
      >
        {t(open.value ? 'identity-fold' : 'identity-whole')}
      </Button>
      {open.value && <small role="status">{t('identity-logged')}</small>}
      {error.value && <span role="alert">{errorWords(error.value)}</span>}
    </p>
  )
}
