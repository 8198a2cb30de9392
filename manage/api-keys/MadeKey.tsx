import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ApiKeyResponse } from '#protocol/api-key.ts'
import { Button } from '#ui/components/Button.tsx'
import { t } from './words.ts'

interface Props {
  made: ApiKeyResponse
  onSaved: () => void
}

/** A key, this once. Browsers let a page copy only over HTTPS; without, one tap marks the whole of it. */
export function MadeKey({ made: { apiKey, secret }, onSaved }: Props) {
  const copied = useSignal(false)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const whole = useRef<HTMLElement>(null)
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => {
        copied.value = true
      },
      // The browser does not let the page: it is marked, to be copied by hand.
      () => whole.current && getSelection()?.selectAllChildren(whole.current),
    )
  return (
    <section class="card api-keys-made" data-testid="made-key">
      <h2 ref={title} tabIndex={-1}>
        {t('made', { name: apiKey.name })}
      </h2>
      <p>{t('made-once')}</p>
      <code ref={whole} class="api-keys-secret" data-testid="secret">
        {secret}
      </code>
      <div class="api-keys-buttons">
        {'clipboard' in navigator && (
          <Button tone="primary" data-testid="copy" onClick={() => void copy()}>
            {t(copied.value ? 'copied' : 'copy')}
          </Button>
        )}
        <Button icon="check" data-testid="saved" onClick={onSaved}>
          {t('saved')}
        </Button>
      </div>
    </section>
  )
}
