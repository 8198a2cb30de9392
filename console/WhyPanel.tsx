import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { WhyResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, errorKeyOf } from '#ui/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  ticketId: string
  /** Asked again when it changes: the answer is about a place. */
  place: number | null
  onClose: () => void
  onExpired: () => void
}

/** Why a ticket is at its place: what the resident may be told, and the reason that only staff see. */
export function WhyPanel({ api, ticketId, place, onClose, onExpired }: Props) {
  const answer = useSignal<WhyResponse | null>(null)
  const error = useSignal<ErrorKey | null>(null)

  useEffect(() => {
    let over = false
    api.why(ticketId).then(
      (found) => {
        if (over) return
        answer.value = found
        error.value = null
      },
      (thrown: unknown) => {
        if (over) return
        const key = errorKeyOf(thrown)
        if (key === 'unauthenticated') onExpired()
        else error.value = key
      },
    )
    return () => {
      over = true
    }
  }, [api, ticketId, place])

  const close = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <div class="why" id="why-panel" data-testid="why-panel" role="status" onKeyDown={close}>
      {error.value ? errorWords(error.value) : answer.value ? <Answer why={answer.value} /> : t('loading')}
    </div>
  )
}

function Answer({ why }: { why: WhyResponse }) {
  return (
    <>
      {why.ahead === 0 ? (
        <p>{t('why-first')}</p>
      ) : (
        <>
          <p>{t('why-ahead', { n: why.ahead })}</p>
          <ul class="why-parts">
            {why.arrivedBefore > 0 && <li>{t('why-arrived', { n: why.arrivedBefore })}</li>}
            {why.earlierTurn > 0 && <li>{t('why-earlier', { n: why.earlierTurn })}</li>}
          </ul>
        </>
      )}
      {why.reason && (
        <p class="why-staff">
          <Icon name="key" />
          <span>
            {t(`why-reason-${why.reason}`, { n: Math.round((why.credit ?? 0) / 60_000) })}
            <small>{t('only-staff')}</small>
          </span>
        </p>
      )}
    </>
  )
}
