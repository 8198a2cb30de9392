import { createI18n, type Facts, fill, language } from '#ui/i18n.ts'

const i18n = createI18n({
  'zh-CN': {
    title: '大厅屏',
    nowCalling: '正在呼叫',
    latestCall: '最近一次呼叫',
    counter: '{number} 号窗口',
    counterShort: '{number} 号',
    again: '再次呼叫',
    lastCalls: '刚刚叫过',
    noLastCalls: '还没有更早的呼叫',
    counters: '各窗口',
    free: '空闲',
    paused: '暂停',
    closed: '未开',
    waiting: '正在等候',
    people: '人',
    noCounter: '暂无窗口',
    closing: '已停止取号，已经在大厅的居民，我们会办完',
    missed: '叫到您的号，请到对应窗口；过号不要紧，请找工作人员',
    welcome: '欢迎光临',
    welcomeLead: '大屏幕和语音会叫到您，请安心等候',
    stepTake: '到取号机取号',
    stepWait: '坐下来等叫号',
    stepGo: '叫到请去窗口',
    lost: '屏幕信息暂停更新',
    lostAdvice: '请留意工作人员叫号',
    lostSince: '最后更新 {time}',
    lostNever: '还没有收到任何信息',
    asOf: '{time} 的情况',
    sound: '点一下屏幕，打开声音',
  },
  en: {
    title: 'Hall display',
    nowCalling: 'Now calling',
    latestCall: 'Latest call',
    counter: 'Counter {number}',
    counterShort: 'No. {number}',
    again: 'Called again',
    lastCalls: 'Just called',
    noLastCalls: 'No earlier calls',
    counters: 'Counters',
    free: 'Free',
    paused: 'Paused',
    closed: 'Closed',
    waiting: 'Waiting now',
    people: 'people',
    noCounter: 'No counter now',
    closing: 'No new numbers now. Everybody inside is still served',
    missed: 'Missed your number? No worry: just ask our staff',
    welcome: 'Welcome',
    welcomeLead: 'This screen and a voice will call your number',
    stepTake: 'Take a number at the kiosk',
    stepWait: 'Have a seat and listen',
    stepGo: 'When called, come to the counter',
    lost: 'Screen not up to date',
    lostAdvice: 'Please listen for our staff',
    lostSince: 'Last updated {time}',
    lostNever: 'Nothing has been received yet',
    asOf: 'As of {time}',
    sound: 'Tap the screen to turn on sound',
  },
})

export const { t, messages } = i18n

/** The language under the first: a hall display always speaks both. */
export function secondLanguage(): 'zh-CN' | 'en' {
  return language.value === 'zh-CN' ? 'en' : 'zh-CN'
}

/** The same words in the second language. */
export function also(key: keyof (typeof messages)['en'] & string, facts: Facts = {}): string {
  return fill(messages[secondLanguage()][key] ?? key, facts)
}
