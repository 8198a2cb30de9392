import { createI18n } from '#ui/i18n.ts'

/** What staff are told while the clock is unconfirmed. */
export const { t, messages } = createI18n({
  'zh-CN': {
    title: '系统时间早于最后一次办理的时间，已停止取号。',
    ask: '这台设备现在是 {time}。时间正确吗？',
    confirm: '时间正确，恢复取号',
    tell: '请主管登录窗口，核对并确认时间。叫号和办理可以继续。',
  },
  en: {
    title: 'The clock is behind the last event, so no tickets are issued.',
    ask: 'This device now shows {time}. Is that right?',
    confirm: 'The time is right: issue tickets again',
    tell: 'Please ask a supervisor to sign in and confirm the time. Calling and serving go on.',
  },
})
