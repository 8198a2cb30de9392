import { createI18n } from '#ui/i18n.ts'

export const { t, messages } = createI18n({
  'zh-CN': {
    title: '居民要看或删除自己的资料',
    lead: '请居民说出这一天的号码。导出和删除都会记录下来。',
    number: '号码',
    'number-like': '例如 A001',
    find: '查找',
    none: '这一天没有这个号码。',
    kept: '{number}：还保存着居民说过或写过的内容。',
    bare: '{number}：只有号码和办理时间，没有个人内容。',
    export: '导出给居民',
    exported: '已导出。请交给居民，不要留在这台电脑上。',
    erase: '删除个人内容',
    'erase-ask': '删除后无法恢复。号码和统计会保留，不含姓名和身份。请输入号码确认：',
    'erase-yes': '永久删除',
    back: '返回',
    erased: '已删除 {gone} 项内容。',
  },
  en: {
    title: 'A resident wants to see or erase what is kept',
    lead: 'Ask for the number they had on this day. Exporting and erasing are both logged.',
    number: 'Number',
    'number-like': 'Such as A001',
    find: 'Find',
    none: 'Nobody had that number on this day.',
    kept: '{number}: something the resident said or wrote is still kept.',
    bare: '{number}: only the number and its times, nothing personal.',
    export: 'Export for the resident',
    exported: 'Exported. Give it to the resident; do not leave it on this computer.',
    erase: 'Erase what is personal',
    'erase-ask':
      'This cannot be undone. The number and figures stay, without who it was. Type the number to confirm:',
    'erase-yes': 'Erase for good',
    back: 'Back',
    erased: '{gone} entries erased.',
  },
})
