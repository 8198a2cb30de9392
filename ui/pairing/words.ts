import { createI18n } from '../i18n.ts'

export const { t, messages } = createI18n({
  'zh-CN': {
    title: '请主管批准这台屏幕',
    'revoked-title': '这台屏幕已停用',
    lead: '在“大厅主管”页面的“屏幕”里输入这个码，或用手机扫码。',
    'lead-here': '在“大厅主管”页面的“屏幕”里输入这个码。',
    code: '屏幕码',
    lost: '暂时连不上服务器，会自动重试。',
  },
  en: {
    title: 'Ask a supervisor to approve this screen',
    'revoked-title': 'This screen has been switched off',
    lead: 'Enter this code at “Screens” on the supervisor’s page, or scan it with a phone.',
    'lead-here': 'Enter this code at “Screens” on the supervisor’s page.',
    code: 'Code of this screen',
    lost: 'The server cannot be reached. Trying again by itself.',
  },
})
