import '#ui/tokens.css'
import '#ui/base.css'
import '#ui/gate.css'
import './console.css'
import './gate.css'
import './desk.css'
import './aside.css'
import './line.css'
import './preparation.css'
import './narrow.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { createApi } from '#ui/api.ts'
import { startLanguage } from '#ui/i18n.ts'
import { Console } from './Console.tsx'
import { createShift } from './shift.ts'
import { deskIdOf } from './this-desk.ts'
import { t } from './words.ts'

startLanguage('zh-CN', 'nuanhao.console.language')

effect(() => {
  document.title = `${t('title')} · 暖号`
})

const shift = createShift(createApi())
void shift.resume()

const deskId = deskIdOf({
  stored: () => sessionStorage,
  onLeave: (leaving) => addEventListener('pagehide', leaving),
})

const app = document.getElementById('app')
if (app) {
  const asked = new URLSearchParams(location.search)
  const reception = asked.has('reception')
  render(<Console shift={shift} link={asked.get('counter')} reception={reception} deskId={deskId} />, app)
}
import('#ui/installed/install.ts')
  .then(({ install }) => install(() => shift.state.peek() !== 'signed-out'))
  .catch(console.warn)
