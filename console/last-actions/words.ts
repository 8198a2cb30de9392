import type { CounterAction } from '#protocol/api.ts'
import { createI18n } from '#ui/i18n.ts'
import { DONE } from '../trail.ts'

export const { t, messages } = createI18n({
  'zh-CN': {
    title: '最近的操作',
    note: '今天在这个窗口做过的，最多二十条；一分钟内还可以撤销。',
    none: '今天还没有操作。',
    'what-ticket:called': '叫号',
    'what-ticket:recalled': '又叫一次',
    'what-ticket:started': '开始办理',
    'what-ticket:completed': '完成',
    'what-ticket:missed': '未到',
    'what-ticket:held': '暂缓',
    'what-ticket:resumed': '恢复',
    'what-ticket:put-back': '退回',
    'what-ticket:transferred': '转交',
    'what-ticket:extended': '加办',
    'what-ticket:recorded': '补录',
    'what-ticket:undone': '撤销',
    'what-counter:opened': '开放窗口',
    'what-counter:paused': '暂停窗口',
    'what-counter:closed': '关闭窗口',
    'by-you': '自己',
    'by-colleague': '同事',
    'by-clock': '到时自动',
    'by-resident': '居民',
    'way-undone': '已撤销',
    'way-times': '可更正时间',
    'way-put-back': '可退回',
    'way-rejoin': '可重排',
    'way-resume': '可恢复',
    'way-waits': '在等候，可再叫',
    'way-elsewhere': '在其他窗口',
    'way-over': '已结束',
    'way-followed': '后来又有操作',
  },
  en: {
    title: 'Last actions',
    note: 'What was done at this counter today, twenty at most. Within a minute the last can be undone.',
    none: 'Nothing was done yet today.',
    'what-ticket:called': 'called',
    'what-ticket:recalled': 'recalled',
    'what-ticket:started': 'started',
    'what-ticket:completed': 'completed',
    'what-ticket:missed': 'no-show',
    'what-ticket:held': 'held',
    'what-ticket:resumed': 'resumed',
    'what-ticket:put-back': 'put back',
    'what-ticket:transferred': 'sent on',
    'what-ticket:extended': 'a matter added',
    'what-ticket:recorded': 'entered from paper',
    'what-ticket:undone': 'undone',
    'what-counter:opened': 'counter opened',
    'what-counter:paused': 'counter paused',
    'what-counter:closed': 'counter closed',
    'by-you': 'you',
    'by-colleague': 'a colleague',
    'by-clock': 'by itself',
    'by-resident': 'the resident',
    'way-undone': 'Taken back',
    'way-times': 'Correct times',
    'way-put-back': 'Put back',
    'way-rejoin': 'Rejoin',
    'way-resume': 'Resume',
    'way-waits': 'Waits: call again',
    'way-elsewhere': 'At another counter',
    'way-over': 'Over',
    'way-followed': 'More was done since',
  },
})

/** What was done, in a word; nothing for what this program does not know yet. */
export function whatOf(type: CounterAction['type']): string {
  const key = WHAT.find((known) => known === type)
  return key ? t(`what-${key}`) : ''
}

const WHAT = [
  ...DONE,
  'ticket:undone',
  'counter:opened',
  'counter:paused',
  'counter:closed',
] as const satisfies CounterAction['type'][]
