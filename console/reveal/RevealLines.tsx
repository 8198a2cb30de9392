import './reveal.css'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { PreparationResponse, RevealRequest, RevealResponse } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { useSteps } from '#ui/steps.ts'
import { KEYS, type PanelKeys } from '../keys.ts'
import { type Line, linesOf, PURPOSES_OF, wholeOf } from './lines.ts'
import { createShown } from './shown.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'post'>
  ticketId: string
  found: PreparationResponse
  panelKeys: PanelKeys
  onExpired: () => void
}

/** Who the resident at the counter is, masked, and whole for a purpose that is said first. One key for the first line. [IDENT10] [REVEAL5] */
export function RevealLines({ found, panelKeys, ...props }: Props) {
  return linesOf(found).map((line, at) => (
    <RevealLine key={line.what} {...props} line={line} panelKeys={at === 0 ? panelKeys : null} />
  ))
}

interface LineProps extends Omit<Props, 'found' | 'panelKeys'> {
  line: Line
  /** Of the line that has the key. */
  panelKeys: PanelKeys | null
}

function RevealLine({ api, ticketId, line, panelKeys, onExpired }: LineProps) {
  const { what, mask } = line
  const shown = useMemo(() => createShown<RevealResponse>(), [])
  useEffect(() => shown.hide, [])
  const asking = useSignal(false)
  const purposes = useRef<HTMLFieldSetElement>(null)
  // So that the key, then Enter, shows it to whoever checks the person.
  useEffect(() => {
    if (asking.value) purposes.current?.querySelector('button')?.focus()
  }, [asking.value])
  const { busy, error, carryOut } = useSteps(onExpired)

  const reveal = (request: RevealRequest) =>
    carryOut(async () => {
      const whole = await api.post<RevealResponse>(`/tickets/${encodeURIComponent(ticketId)}/reveal`, request)
      shown.show(whole)
      asking.value = false
    })
  const press = () => {
    error.value = null
    if (shown.value.peek()) shown.hide()
    else asking.value = !asking.peek()
  }

  useEffect(() => {
    if (panelKeys) panelKeys.reveal = press
    return () => {
      if (panelKeys) panelKeys.reveal = null
    }
  })

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
          aria-expanded={asking.value || whole !== null}
          aria-keyshortcuts={panelKeys ? KEYS.reveal : undefined}
          data-testid={`${what}-reveal`}
          onClick={press}
        >
          {t(whole ? 'fold' : 'whole')}
          {panelKeys && (
            <span class="act-key" aria-hidden="true">
              {KEYS.reveal}
            </span>
          )}
        </Button>
        {whole && <small role="status">{t('logged')}</small>}
      </p>
      {asking.value && (
        <fieldset class="reveal-purposes" ref={purposes}>
          <legend class="reveal-ask">{t('what-for')}</legend>
          {PURPOSES_OF[what].map((purpose) => (
            <Button
              key={purpose}
              busy={busy.value}
              data-testid={`${what}-for-${purpose}`}
              onClick={() => void reveal({ what, purpose })}
            >
              {t(`purpose-${purpose}`)}
            </Button>
          ))}
        </fieldset>
      )}
      {error.value && (
        <span class="reveal-error" role="alert">
          {errorWords(error.value)}
        </span>
      )}
    </div>
  )
}
