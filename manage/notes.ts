import type { SiteView } from '#protocol/api.ts'

type Note = SiteView['name']

/** What a supervisor may say to those who are sent home, in the words residents read. */
export const NOTES: readonly Note[] = [
  {
    'zh-CN': '今天的办理时间已经结束，没能轮到您，非常抱歉。请您改天再来。',
    en: 'We are closed for today and are very sorry that we did not get to you. Please come back another day.',
  },
  {
    'zh-CN': '系统临时故障，今天无法继续办理，非常抱歉。请您改天再来。',
    en: 'A fault in our system keeps us from serving you today. We are very sorry. Please come back another day.',
  },
  {
    'zh-CN': '今天来的人特别多，没能轮到您，非常抱歉。请您改天再来，如需帮助请问服务台。',
    en: 'So many people came today that we did not get to you. We are very sorry. Please come back another day, and ask at reception if you need help.',
  },
]
/** The longest note the server takes. */
export const NOTE_LENGTH = 200
