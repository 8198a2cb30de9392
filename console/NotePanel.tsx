import { useSignal } from '@preact/signals'
import type { NotesResponse } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { hourMinute } from '#ui/i18n.ts'
import { useSteps } from '#ui/steps.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  ticketId: string
  timeZone: string
  onExpired: () => void
}

/** What a colleague left for whoever serves this ticket: fetched when it is asked for, and gone with the ticket. [CONSOLE19] */
export function NotePanel({ api, ticketId, timeZone, onExpired }: Props) {
  const items = useSignal<NotesResponse['items'] | null>(null)
  const open = useSignal(false)
  const { busy, error, carryOut } = useSteps(onExpired)
  const read = async () => {
    open.value = !open.value
    // What is on the desk already is not read, and written down, again.
    if (!open.value || items.value !== null) return
    await carryOut(async () => {
      items.value = await api.notes(ticketId)
    })
  }
  return (
    <div class="note">
      <Button
        tone="quiet"
        class="note-read"
        busy={busy.value}
        aria-expanded={open.value}
        data-testid="note-read"
        onClick={() => void read()}
      >
        <Icon name="document" />
        {t('note-here')}
        <span class="note-ask">{t(open.value ? 'note-fold' : 'note-open')}</span>
      </Button>
      {open.value && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a note that scrolls must be reachable by keyboard.
        <div class="note-text" role="status" tabIndex={0} data-testid="note">
          {error.value && errorWords(error.value)}
          {items.value?.map(({ at, text }) => (
            <p key={at}>
              <time class="number">{hourMinute(at, timeZone)}</time> {text}
            </p>
          ))}
          {items.value && <small>{items.value.length === 0 ? t('note-none') : t('note-logged')}</small>}
        </div>
      )}
    </div>
  )
}
