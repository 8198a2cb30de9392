import './help.css'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { type HelpCall, isRinging } from '#domain/help.ts'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { createBell } from './bell.ts'
import { helpApi } from './help-api.ts'
import { answeredByKey, helpRows, urgencyOf } from './ringing.ts'
import { t } from './words.ts'

/** What the key of a screen does now. */
export interface HelpKey {
  press: (() => void) | null
}

interface Props {
  api: Pick<Api, 'post'>
  site: SiteView
  help: StaffBoard['help']
  /** The counter from which this person goes; null: from none. */
  from: string | null
  /** ms on the server's clock */
  now: number
  /** The board may be old: nothing can be answered. */
  blocked: boolean
  /** The key that answers, and where its press is to lead. */
  keySign?: string
  keyed?: HelpKey
  onExpired: () => void
}

const RINGS = '🔔 '

/** Calls for help from kiosks: they ring until somebody goes, and stay until somebody has helped. [HELP10] */
export function HelpStrip({ api, site, help, from, now, blocked, keySign, keyed, onExpired }: Props) {
  const calls = useMemo(() => helpApi(api), [api])
  const bell = useMemo(createBell, [])
  useEffect(() => bell.close, [bell])
  /** Calls that were answered here. */
  const going = useMemo(() => new Set<string>(), [])
  const pending = useSignal<string | null>(null)
  const refused = useSignal<string | null>(null)

  const rows = helpRows(help)
  const urgency = urgencyOf(rows)
  useEffect(() => bell.ring(urgency), [bell, urgency])
  // A console behind another window says so where windows are named.
  useEffect(() => {
    const title = document.title.replace(RINGS, '')
    document.title = urgency === null ? title : RINGS + title
  }, [urgency])

  const numberOf = (id: string | null) => site.counters.find((counter) => counter.id === id)?.number
  const carryOut = async ({ id }: HelpCall, what: 'answer' | 'finish'): Promise<void> => {
    if (pending.value !== null || blocked) return
    pending.value = id
    refused.value = null
    try {
      if (what === 'answer') {
        await calls.answer(id, from)
        going.add(id)
      } else await calls.finish(id)
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      const { counter } = thrown.facts
      if (thrown.key === 'unauthenticated') onExpired()
      else
        refused.value =
          counter === undefined ? errorWords(thrown.key, thrown.facts) : t('taken-by', { counter })
    } finally {
      pending.value = null
    }
  }
  const byKey = answeredByKey(rows, going)
  if (keyed) {
    keyed.press = () => {
      if (byKey) void carryOut(byKey, 'answer')
    }
  }

  if (rows.length === 0) return null
  return (
    <section class="help" aria-label={t('title')} data-testid="help" data-urgency={urgency ?? 'none'}>
      <ul class="help-list">
        {rows.map((call) => (
          <li
            key={call.id}
            class={`help-call help-call--${call.state}`}
            data-testid={`help-${call.kiosk}`}
            data-state={call.state}
          >
            <Icon name="bell" />
            <strong class="help-kiosk">{call.kiosk}</strong>
            <span class="help-says" role={isRinging(call) ? 'alert' : undefined}>
              {saysOf(call, numberOf(call.counterId))}
            </span>
            <span class="help-since number">{sinceWords(now - call.askedAt)}</span>
            {isRinging(call) ? (
              <Button
                tone="primary"
                busy={pending.value === call.id}
                disabled={blocked}
                aria-keyshortcuts={byKey === call ? keySign : undefined}
                data-testid={`help-going-${call.kiosk}`}
                onClick={() => void carryOut(call, 'answer')}
              >
                {t('going')}
                {byKey === call && keySign && (
                  <span class="help-key" aria-hidden="true">
                    {keySign}
                  </span>
                )}
              </Button>
            ) : (
              <Button
                busy={pending.value === call.id}
                disabled={blocked}
                data-testid={`help-done-${call.kiosk}`}
                onClick={() => void carryOut(call, 'finish')}
              >
                {t('done')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {refused.value && (
        <p class="help-note" role="status">
          {refused.value}
        </p>
      )}
      {bell.asleep.value && (
        <p class="help-note" role="status" data-testid="help-no-sound">
          <Icon name="mute" />
          {t('no-sound')}
        </p>
      )}
    </section>
  )
}

function saysOf({ state }: HelpCall, counter: string | undefined): string {
  if (state !== 'coming') return t(state === 'escalated' ? 'help-escalated' : 'help-ringing')
  return counter === undefined ? t('help-coming-somebody') : t('help-coming', { counter })
}

function sinceWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  return seconds < 60 ? t('seconds', { n: seconds }) : t('minutes', { n: Math.floor(seconds / 60) })
}
