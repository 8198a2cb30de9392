import '#ui/tokens.css'
import '#ui/base.css'
import './display.css'
import './now.css'
import './panels.css'
import './upright.css'
import './far.css'
import './sign.css'
import { render } from 'preact'
import { createApi } from '#ui/api.ts'
import { createDevice } from '#ui/device.ts'
import { startLanguage } from '#ui/i18n.ts'
import { stayAwake } from '#ui/wake-lock.ts'
import { Display } from './Display.tsx'

startLanguage('zh-CN', 'nuanhao.display.language')
stayAwake()

const device = createDevice('display')
const api = createApi({ token: device.token })
void device.enrol()

const app = document.getElementById('app')
if (app) render(<Display device={device} api={api} />, app)
// A page that began anew by itself might wait for a touch before it speaks: a newer build comes when somebody opens it.
import('#ui/installed/install.ts').then(({ install }) => install(() => true)).catch(console.warn)
