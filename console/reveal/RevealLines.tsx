import './reveal.css'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { PreparationResponse, RevealRequest, RevealResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { type Line, linesOf, PURPOSES_OF, wholeOf } from './lines.ts'
import { createShown } from './shown.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'post'>
  ticketId: string
  found: PreparationResponse
  onExpired: () => void
}

/** Who the resident at the counter is, masked, and whole for a purpose that is said first. [IDENT10] [REVEAL5] */
export function RevealLines({ found, ...props }: Props) {
  return linesOf(found).map((line) => <RevealLine key={line.what} {...props} line={line} />)
}

function RevealLine({ api, ticketId, line, onExpired }: Omit<Props, 'found'> & { line: Line }) {
  const { what, mask } = line
  const shown = useMemo(() => createShown<RevealResponse>(), [])
  useEffect(() => shown.hide, [])
  const asking = useSignal<'no' | 'purpose' | 'words'>('no')
  const words = useSignal('')
  const busy = useSignal(false)
  const error = useSignal<ErrorKey | null>(null)

  const reveal = async (request: RevealRequest): Promise<void> => {
    if (busy.value) return
    busy.value = true
    error.value = null
    try {
      const whole = await api.post<RevealResponse>(`/tickets/${encodeURIComponent(ticketId)}/reveal`, request)
      shown.show(whole)
      asking.value = 'no'
      words.value = ''
    } catch (thrown) {
      const key = thrown instanceof ApiError ? thrown.key : 'internal'
      if (key === 'unauthenticated') onExpired()
      else error.value = key
    } finally {
      busy.value = false
    }
  }
  const press = () => {
    error.value = null
    if (shown.value.peek()) shown.hide()
    else asking.value = asking.peek() === 'no' ? 'purpose' : 'no'
  }

  const whole = shown.value.value
  const need = whole?.need ? t(`need-${whole.need}`) : t('need-said')
  return (
    <div class="reveal" data-testid={what}>
      <p class="reveal-line">
        <Icon name={what === 'identity' ? 'card' : what === 'contact' ? 'phone' : 'heart'} />
        {t(what)}{' '}
        <strong class="number" data-testid={`${what}-shown`}>
          {what === 'need' ? need : whole ? wholeOf(whole) : mask}
        </strong>
        <Button
          tone="quiet"
          aria-expanded={asking.value !== 'no' || whole !== null}
          data-testid={`${what}-reveal`}
          onClick={press}
        >
          {t(whole ? 'fold' : 'whole')}
        </Button>
        {whole && <small role="status">{t('logged')}</small>}
      </p>
      {asking.value === 'purpose' && (
        <fieldset class="reveal-purposes">
          <legend class="reveal-ask">{t('what-for')}</legend>
          {PURPOSES_OF[what].map((purpose) => (
            <Button
              key={purpose}
              busy={busy.value}
              data-testid={`${what}-for-${purpose}`}
              onClick={() => {
                if (purpose === 'other') asking.value = 'words'
                else void reveal({ what, purpose })
              }}
            >
              {t(`purpose-${purpose}`)}
            </Button>
          ))}
        </fieldset>
      )}
      {asking.value === 'words' && (
        <form
          class="reveal-words"
          onSubmit={(event) => {
            event.preventDefault()
            void reveal({ what, purpose: 'other', words: words.value.trim() })
          }}
        >
          <input
            class="field-input"
            aria-label={t('own-words')}
            placeholder={t('own-words')}
            required
            minLength={2}
            maxLength={40}
            autocomplete="off"
            value={words.value}
            data-testid={`${what}-words`}
            onInput={({ currentTarget }) => {
              words.value = currentTarget.value
            }}
          />
          <Button type="submit" tone="primary" busy={busy.value} data-testid={`${what}-show`}>
            {t('show')}
          </Button>
        </form>
      )}
      {error.value && (
        <span class="reveal-error" role="alert">
          {errorWords(error.value)}
        </span>
      )}
    </div>
  )
}
