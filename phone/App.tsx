import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { Loading } from '#ui/components/Loading.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import type { Bell } from './bell.ts'
import type { OwnTicket } from './own-ticket.ts'
import { refusalWords } from './refusal-words.ts'
import { TicketPage } from './TicketPage.tsx'
import type { Tracking } from './tracking.ts'
import { t } from './words.ts'

interface Props {
  tracking: ReadonlySignal<Tracking>
  bell: Bell
  own: OwnTicket
  api: Api
  onRetry: () => void
}

/** One resident's page: their ticket, or a kind word about why there is none. */
export function App({ tracking, bell, own, api, onRetry }: Props) {
  const now = tracking.value
  switch (now.at) {
    case 'opening':
      return <Loading />
    case 'ticket':
      return <TicketPage ticket={now.ticket} live={now.live} bell={bell} own={own} api={api} />
    case 'no-code':
      return <Word icon="phone" title={t('no-code-title')} lead={t('no-code-lead')} />
    case 'bad-code':
      return <Word icon="ticket" title={t('bad-code-title')} lead={t('bad-code-lead')} />
    case 'failed':
      return (
        <Word icon="unplugged" title={t('failed-title')} lead={refusalWords(now.error)}>
          <Button tone="primary" large icon="repeat" onClick={onRetry}>
            {t('try-again')}
          </Button>
        </Word>
      )
    default:
      return never(now)
  }
}

interface WordProps {
  icon: 'phone' | 'ticket' | 'unplugged'
  title: string
  lead: string
  children?: ComponentChildren
}

function Word({ icon, title, lead, children }: WordProps) {
  return (
    <main class="plain-screen" data-testid="phone-message">
      <Wordmark />
      <Icon name={icon} class="plain-screen-icon" />
      <h1 class="word-title">{title}</h1>
      <p class="quiet">{lead}</p>
      {children}
      <LanguageSwitch />
    </main>
  )
}

function never(now: never): never {
  throw new Error(`unknown page ${JSON.stringify(now)}`)
}
