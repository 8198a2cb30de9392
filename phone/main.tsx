import '#ui/tokens.css'
import '#ui/base.css'
import './phone.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { createApi } from '#ui/api.ts'
import { startLanguage } from '#ui/i18n.ts'
import { App } from './App.tsx'
import { createBell } from './bell.ts'
import { createOwnTicket } from './own-ticket.ts'
import { nearness, newsOf, titleWords } from './ticket-words.ts'
import { createTracker } from './tracking.ts'
import { t } from './words.ts'

const CHOSEN = 'nuanhao.phone.language'
startLanguage('zh-CN')

const bell = createBell()
const api = createApi()
const own = createOwnTicket(api)
const { tracking, open } = createTracker(api, (view, before) => {
  own.look(view)
  if (before === null) startLanguage(view.language, CHOSEN)
  const news = newsOf(before, view)
  if (news) bell.ring(news)
})

// The code stands in the fragment, which no browser sends to any server. [PHONE4]
const code = (): string => location.hash.slice(1)
const openCode = (): void => void open(code())
window.addEventListener('hashchange', openCode)
openCode()

effect(() => {
  const now = tracking.value
  if (now.at !== 'ticket') {
    document.title = t('title')
    delete document.documentElement.dataset.turn
    return
  }
  document.title = titleWords(now.ticket)
  document.documentElement.dataset.turn = nearness(now.ticket)
})

const root = document.getElementById('app')
if (root) render(<App tracking={tracking} bell={bell} own={own} api={api} onRetry={openCode} />, root)
