import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { DeviceItem, PairingView } from '#protocol/device.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { hourMinute } from '#ui/i18n.ts'
import { useSteps } from '#ui/steps.ts'
import { PlaceChoice } from './PlaceChoice.tsx'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'post'>
  site: SiteView
  /** The code of the address, when a phone has scanned it. */
  code: string | null
  onExpired: () => void
}

/** A screen is let in: its code, then what it is and where it belongs. [PAIR2] */
export function Approve({ api, site, code, onExpired }: Props) {
  const found = useSignal<(PairingView & { code: string }) | null>(null)
  const approved = useSignal<string | null>(null)
  const { busy, error, carryOut } = useSteps(onExpired)

  /** A code that is good no more is asked for anew. */
  const begunAnew = async () => {
    if (error.peek() === 'unknown-pairing') found.value = null
  }
  const look = (typed: string) =>
    carryOut(async () => {
      approved.value = null
      const shown = typed.trim()
      found.value = {
        ...(await api.post<PairingView>(`/sites/${site.id}/pairings`, { code: shown })),
        code: shown,
      }
    }, begunAnew)
  const approve = (given: FormData) =>
    carryOut(async () => {
      const { device } = await api.post<{ device: DeviceItem }>(`/sites/${site.id}/devices`, {
        ...{ code: found.peek()?.code, name: `${given.get('name')}`.trim().toUpperCase() },
        place: JSON.parse(`${given.get('place') ?? '{}'}`),
      })
      found.value = null
      approved.value = device.name
    }, begunAnew)
  useEffect(() => {
    if (code !== null) void look(code)
  }, [code])

  const submit = (work: (given: FormData) => void) => (event: SubmitEvent) => {
    event.preventDefault()
    work(new FormData(event.currentTarget as HTMLFormElement))
  }
  const screen = found.value
  return (
    <section class="card screens-approve" data-testid="approve">
      <h2>{t('approve')}</h2>
      {screen === null ? (
        <form class="screens-form" onSubmit={submit((given) => void look(`${given.get('code')}`))}>
          <p class="quiet">{t('approve-lead')}</p>
          <div class="screens-fields">
            <Field id="code" name="code" label={t('code')} autocomplete="off" maxLength={7} required />
            <Button type="submit" tone="primary" busy={busy.value} data-testid="look">
              {t('look')}
            </Button>
          </div>
        </form>
      ) : (
        <form class="screens-form" onSubmit={submit((given) => void approve(given))} data-testid="found">
          <p>
            <b class="number">{screen.code.toUpperCase()}</b> ·{' '}
            {t('found', {
              kind: t(screen.kind),
              origin: screen.origin,
              time: hourMinute(screen.at, site.timeZone),
            })}{' '}
            {screen.was !== null && t('found-was', { name: screen.was })}
          </p>
          <p class="quiet">{t('check')}</p>
          <div class="screens-fields">
            <Field
              id="name"
              name="name"
              label={t('name')}
              help={t('name-help')}
              value={screen.was ?? screen.name}
              autocomplete="off"
              maxLength={3}
              required
            />
            {screen.kind !== 'kiosk' && <PlaceChoice id="place" site={site} kind={screen.kind} />}
          </div>
          <div class="screens-fields">
            <Button type="submit" tone="primary" busy={busy.value} data-testid="allow">
              {t('allow')}
            </Button>
            <Button
              onClick={() => {
                found.value = null
              }}
            >
              {t('leave')}
            </Button>
          </div>
        </form>
      )}
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {approved.value && (
        <p class="screens-approved" role="status" data-testid="approved">
          {t('approved', { name: approved.value })}
        </p>
      )}
    </section>
  )
}
