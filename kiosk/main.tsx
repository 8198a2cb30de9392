import '#ui/tokens.css'
import '#ui/base.css'
import './frame.css'
import './access.css'
import './home.css'
import './question.css'
import './search.css'
import './check.css'
import './pad.css'
import './ticket.css'
import './message.css'
import './narrow.css'
import './paper.css'
import '#ui/paper/slip.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { createApi } from '#ui/api.ts'
import { plainAppearance } from '#ui/appearance.ts'
import { fetchEncoder } from '#ui/components/Qr.tsx'
import { createDevice } from '#ui/device.ts'
import { startLanguage } from '#ui/i18n.ts'
import { App } from './App.tsx'
import { fetchBeside } from './beside.ts'
import { reader } from './reading.ts'
import { t } from './words.ts'

startLanguage('zh-CN')
plainAppearance()

const device = createDevice('kiosk')
const api = createApi({ token: device.token })
void device.enrol()

effect(() => {
  document.title = t('title')
})
// The first touch is long before the first number.
for (const touch of ['pointerdown', 'keydown']) {
  document.addEventListener(touch, () => void fetchEncoder().catch(() => {}), { once: true })
}
// A long press is a slow finger, not a wish for a menu.
document.addEventListener('contextmenu', (event) => event.preventDefault())

const root = document.getElementById('app')
if (root) render(<App device={device} api={api} />, root)
void fetchBeside()
// Who is read to touches nothing.
import('#ui/installed/install.ts')
  .then(({ install }) => install(() => reader.state.peek() === 'reading'))
  .catch(console.warn)
