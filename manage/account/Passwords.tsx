import '#ui/sure.css'
import './passwords.css'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { AccountItem, GivenPassword } from '#protocol/session.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { localised } from '#ui/i18n.ts'
import { useSteps } from '#ui/steps.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'get' | 'post'>
  siteId: string
  /** The account of whoever asks. */
  own: string
  onGiven: () => void
  onExpired: () => void
}

/** Whom the administrator may give a new password. [SIGNIN11] */
export function Passwords({ api, siteId, own, onGiven, onExpired }: Props) {
  const path = `/sites/${encodeURIComponent(siteId)}/accounts`
  const items = useSignal<AccountItem[]>([])
  const sure = useSignal<string | null>(null)
  const given = useSignal<{ id: string; password: string } | null>(null)
  const { busy, error, look, carryOut } = useSteps(onExpired)

  const read = async () => {
    items.value = (await api.get<{ items: AccountItem[] }>(path)).items.filter(({ id }) => id !== own)
  }
  useEffect(() => void look(read), [path])
  const give = (id: string) =>
    carryOut(async () => {
      given.value = null
      const { password } = await api.post<GivenPassword>(`${path}/${encodeURIComponent(id)}/password`, {})
      given.value = { id, password }
      sure.value = null
      onGiven()
    }, read)

  return (
    <section class="account-part">
      <h2>{t('title')}</h2>
      <p class="quiet">{t('lead')}</p>
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      <ul class="account-list" data-testid="accounts">
        {items.value.map(({ id, username, name, initial }) => (
          <li key={id} class="account-item" data-testid={`account-${username}`}>
            <Icon name="person" />
            <span>
              <b>{localised(name)}</b> · {username} {initial && <Chip>{t('fresh')}</Chip>}
            </span>
            {given.value?.id === id ? (
              <Given
                name={localised(name)}
                password={given.value.password}
                onDone={() => {
                  given.value = null
                }}
              />
            ) : sure.value === id ? (
              <p class="sure" role="alert">
                {t('sure', { name: localised(name) })}
                <Button
                  tone="danger"
                  busy={busy.value}
                  data-testid="give-password-now"
                  onClick={() => void give(id)}
                >
                  {t('give-now')}
                </Button>
                <Button
                  data-testid="give-password-not"
                  onClick={() => {
                    sure.value = null
                  }}
                >
                  {t('keep')}
                </Button>
              </p>
            ) : (
              <Button
                tone="quiet"
                aria-label={t('give-to', { name: localised(name) })}
                data-testid="give-password"
                onClick={() => {
                  sure.value = id
                }}
              >
                {t('give')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A password, this once. */
function Given({ name, password, onDone }: { name: string; password: string; onDone: () => void }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <div class="account-given">
      <h3 ref={title} tabIndex={-1}>
        {t('given', { name })}
      </h3>
      <code data-testid="given-password">{password}</code>
      <p class="quiet">{t('given-lead')}</p>
      <Button icon="check" data-testid="given-done" onClick={onDone}>
        {t('done')}
      </Button>
    </div>
  )
}
