import '#ui/tokens.css'
import '#ui/base.css'
import '#ui/gate.css'
import './manage.css'
import './gate.css'
import './hall.css'
import './aside.css'
import './day.css'
import './print.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { createApi } from '#ui/api.ts'
import { startLanguage } from '#ui/i18n.ts'
import { Manage } from './Manage.tsx'
import { followAddress } from './page.ts'
import { createSession } from './session.ts'
import { t } from './words.ts'

startLanguage('zh-CN', 'nuanhao.manage.language')

effect(() => {
  document.title = `${t('title')} · 暖号`
})

const api = createApi()
const session = createSession(api)
const page = followAddress()
// Before there is an administrator there is no session to ask for.
effect(() => {
  if (page.value.page !== 'setup' && session.state.peek() === 'starting') void session.resume()
})

const app = document.getElementById('app')
if (app) render(<Manage api={api} session={session} page={page} />, app)
