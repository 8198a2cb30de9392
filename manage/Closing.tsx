import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, actionKey, errorKeyOf } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { localised } from '#ui/i18n.ts'
import { NOTE_LENGTH, NOTES } from './notes.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'sendHome'>
  siteId: string
  /** How many would be sent home. */
  count: number
  /** The day is over; else they were left over from an earlier one. */
  over: boolean
  /** Supervisors decide, others are told whom to ask. */
  mayDecide: boolean
  blocked: boolean
  onExpired: () => void
}

/** Who is still inside after closing, and the decision to send them home. [MANAGE5] */
export function Closing({ api, siteId, count, over, mayDecide, blocked, onExpired }: Props) {
  const asking = useSignal(false)
  return (
    <section class="closing" data-testid="closing">
      <Icon name="moon" />
      <div class="closing-words">
        <h2>{t(over ? 'closing-title' : 'closing-earlier', { n: count })}</h2>
        <p>{t(mayDecide ? 'closing-lead' : 'closing-tell')}</p>
      </div>
      {mayDecide && (
        <Button
          tone="primary"
          disabled={blocked}
          data-testid="send-home"
          onClick={() => {
            asking.value = true
          }}
        >
          {t('send-home')}
        </Button>
      )}
      {asking.value && (
        <SendHome
          api={api}
          siteId={siteId}
          count={count}
          onExpired={onExpired}
          onLeave={() => {
            asking.value = false
          }}
        />
      )}
    </section>
  )
}

type DialogProps = Pick<Props, 'api' | 'siteId' | 'count' | 'onExpired'> & { onLeave: () => void }

/** Asks what to tell them, and then does it. */
function SendHome({ api, siteId, count, onExpired, onLeave }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const chosen = useSignal<number | 'own'>(0)
  const busy = useSignal(false)
  const error = useSignal<ErrorKey | 'note-needed' | null>(null)
  // One decision, one key: a second press cannot send anybody home twice.
  const key = useRef(actionKey())

  useEffect(() => {
    const sheet = dialog.current
    // Browsers that know no dialog show it in its place on the page.
    if (sheet && 'showModal' in sheet) sheet.showModal()
    else dialog.current?.setAttribute('open', '')
  }, [])

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value) return
    const given = new FormData(event.currentTarget as HTMLFormElement)
    const own = { 'zh-CN': `${given.get('own-zh') ?? ''}`.trim(), en: `${given.get('own-en') ?? ''}`.trim() }
    const note = chosen.value === 'own' ? own : NOTES[chosen.value]
    if (!note || note['zh-CN'] === '' || note.en === '') {
      error.value = 'note-needed'
      return
    }
    busy.value = true
    error.value = null
    try {
      await api.sendHome(siteId, note, { key: key.current })
      onLeave()
    } catch (thrown) {
      error.value = errorKeyOf(thrown)
      // A refusal is final for its key: what is asked next is another question.
      if (error.value !== 'unavailable') key.current = actionKey()
      if (error.value === 'unauthenticated') onExpired()
    }
    busy.value = false
  }

  const choice = (value: number | 'own', words: string) => (
    <label class="note" key={value}>
      <input
        type="radio"
        name="note"
        checked={chosen.value === value}
        data-testid={`note-${value}`}
        onChange={() => {
          chosen.value = value
        }}
      />
      <span>{words}</span>
    </label>
  )
  return (
    <dialog
      ref={dialog}
      class="send-home card card--raised"
      aria-labelledby="send-home-title"
      onClose={onLeave}
    >
      <form onSubmit={submit}>
        <h2 id="send-home-title">{t('send-home-title', { n: count })}</h2>
        <p class="quiet">{t('send-home-lead')}</p>
        <fieldset class="notes">
          <legend class="field-label">{t('note-legend')}</legend>
          {NOTES.map((note, index) => choice(index, localised(note)))}
          {choice('own', t('note-own'))}
          {chosen.value === 'own' && (
            <div class="note-own">
              {(['zh', 'en'] as const).map((one) => (
                <label key={one} class="field">
                  <span class="field-label">{t(`note-own-${one}`)}</span>
                  <textarea
                    class="field-input"
                    name={`own-${one}`}
                    rows={2}
                    maxLength={NOTE_LENGTH}
                    required
                  />
                </label>
              ))}
            </div>
          )}
        </fieldset>
        {error.value && (
          <Notice tone="madder">
            {error.value === 'note-needed' ? t('note-needed') : errorWords(error.value)}
          </Notice>
        )}
        <div class="send-home-foot">
          <Button tone="quiet" onClick={onLeave}>
            {t('leave')}
          </Button>
          <Button type="submit" tone="primary" busy={busy.value} data-testid="send-home-now">
            {t('send-home-now', { n: count })}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
