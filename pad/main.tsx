import '#ui/tokens.css'
import '#ui/base.css'
import './pad.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { createApi } from '#ui/api.ts'
import { createDevice } from '#ui/device.ts'
import { startLanguage } from '#ui/i18n.ts'
import { stayAwake } from '#ui/wake-lock.ts'
import { App } from './App.tsx'
import { t } from './words.ts'

startLanguage('zh-CN', 'nuanhao.pad.language')
stayAwake()

const device = createDevice('pad')
const api = createApi({ token: device.token })
void device.enrol()

effect(() => {
  document.title = `${t('title')} · 暖号`
})

const root = document.getElementById('app')
if (root) render(<App device={device} api={api} />, root)
