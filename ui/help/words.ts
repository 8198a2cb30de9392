import { createI18n } from '#ui/i18n.ts'

/** What staff are told of calls for help. */
export const { t, messages } = createI18n({
  'zh-CN': {
    title: '取号机呼叫帮助',
    'help-ringing': '有居民需要帮助',
    'help-escalated': '还没有人去，已上报主管',
    'help-coming': '{counter} 号窗口正在过去',
    'help-coming-somebody': '有同事正在过去',
    seconds: '{n} 秒',
    minutes: '{n} 分钟',
    going: '我去',
    done: '帮好了',
    'taken-by': '{counter} 号窗口已经去了。',
    'no-sound': '浏览器还不能响铃，点一下屏幕就会响。',
  },
  en: {
    title: 'Calls for help from kiosks',
    'help-ringing': 'A resident needs help',
    'help-escalated': 'Nobody has gone yet. The supervisor has been told.',
    'help-coming': 'Somebody is going from counter {counter}',
    'help-coming-somebody': 'A colleague is going',
    seconds: '{n} s',
    minutes: '{n} min',
    going: 'I am going',
    done: 'Helped',
    'taken-by': 'Counter {counter} is going already.',
    'no-sound': 'The browser cannot ring yet. Touch the page once and it will.',
  },
})
