import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { WRITTEN_MOST } from '#ui/rating/own-rating.ts'
import { t } from './later-words.ts'

export interface SuggestProps {
  ticketId: string
  api: Pick<Api, 'suggest'>
  /** Out of touch: nothing can be sent. */
  lost: boolean
  onClose: () => void
}

/** A word to the supervisor, once for each visit. [PHONE15] */
export function Suggest({ ticketId, api, lost, onClose }: SuggestProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const text = useSignal('')
  const at = useSignal<'writing' | 'sending' | 'thanks' | 'already' | 'failed'>('writing')
  useEffect(() => dialog.current?.showModal(), [])
  const send = async () => {
    at.value = 'sending'
    try {
      await api.suggest(ticketId, text.value.trim())
      at.value = 'thanks'
    } catch (thrown) {
      at.value = thrown instanceof ApiError && thrown.key === 'already-suggested' ? 'already' : 'failed'
    }
  }
  const over = at.value === 'thanks' || at.value === 'already'
  return (
    <dialog
      class="sure"
      ref={dialog}
      aria-labelledby="suggest-title"
      onCancel={onClose}
      data-testid="suggest"
    >
      <h2 id="suggest-title">{t('suggest-title')}</h2>
      {over ? (
        <p role="status" data-testid="suggest-thanks">
          {t(at.value === 'already' ? 'suggest-already' : 'suggest-thanks')}
        </p>
      ) : (
        <>
          <p>{t('suggest-lead')}</p>
          <label class="suggest-text" for="suggest-text">
            <span>{t('suggest-text')}</span>
            <textarea
              id="suggest-text"
              rows={4}
              maxLength={WRITTEN_MOST}
              value={text.value}
              onInput={({ currentTarget }) => {
                text.value = currentTarget.value
              }}
              data-testid="suggest-text"
            />
          </label>
          {at.value === 'failed' && <Notice tone="amber">{t('suggest-failed')}</Notice>}
          <Button
            tone="primary"
            large
            wide
            busy={at.value === 'sending'}
            disabled={lost || text.value.trim() === ''}
            onClick={send}
            data-testid="suggest-send"
          >
            {t('suggest-send')}
          </Button>
        </>
      )}
      <Button wide onClick={onClose} data-testid="suggest-close">
        {t('suggest-close')}
      </Button>
    </dialog>
  )
}
