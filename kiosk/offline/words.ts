import { createI18n } from '#ui/i18n.ts'

/** The words of a kiosk whose server is away; fetched with the screens behind the first one. */
export const { t, messages } = createI18n({
  'zh-CN': {
    band: '照常取号，号码以 {name} 开头，当天有效。',
    'band-no-paper': '没有纸票，请记住屏幕上的号码。',
    'band-since': '最后更新 {time}',
    'band-never': '还没有联系上服务器',
    kept: '已排上号',
    'kept-lead': '恢复后按您取号的时间排队，大屏幕和广播会叫这个号。',
    remember: '请记住这个号码，或用手机拍下来。',
    printed: '纸票正在打印，请取走。',
    'no-follow': '这个号不能扫码查看进度，请在大厅等候。',
    'tell-staff': '需要什么照顾和协助，请到窗口说一声：为保护隐私，这里没有保存。',
    'refused-title': '这些号码没有排进队列',
    'refused-lead': '持有这些号码的居民，请到咨询台，工作人员会帮您重新取号。',
    'refused-seen': '工作人员：已处理',
    'refused-sure': '确认：已为持号居民办好',
    'waits-title': '这些号码还没有送到服务器：{numbers}',
    'waits-lead': '会继续自动送出。持有这些号码的居民如等了很久，请告诉工作人员。',
  },
  en: {
    band: 'You can take a number all the same: it begins with {name} and is good all day.',
    'band-no-paper': 'There is no paper ticket: please remember the number on the screen.',
    'band-since': 'Last update {time}',
    'band-never': 'The server has not been reached yet',
    kept: 'You are in line',
    'kept-lead':
      'Once the server is back you stand where you came. The screen and the loudspeaker call this number.',
    remember: 'Please remember this number, or take a photo of it.',
    printed: 'Your paper ticket is being printed. Please take it along.',
    'no-follow': 'This number cannot be followed by phone. Please wait in the hall.',
    'tell-staff':
      'Please say at the counter what care or help you need: to protect your privacy, it was not kept here.',
    'refused-title': 'These numbers did not come into the line',
    'refused-lead':
      'If you have one of them, please go to the reception desk: our staff will give you another.',
    'refused-seen': 'Staff: seen to',
    'refused-sure': 'Yes, their residents are seen to',
    'waits-title': 'These numbers have not reached the server yet: {numbers}',
    'waits-lead':
      'They are sent again and again. If you have waited long with one of them, please tell our staff.',
  },
})
