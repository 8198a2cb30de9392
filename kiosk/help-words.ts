import { createI18n } from '#ui/i18n.ts'

/** What a kiosk says of a call for help. */
export const { t, messages } = createI18n({
  'zh-CN': {
    'help-calling': '正在呼叫工作人员',
    'help-ringing': '已呼叫工作人员，请在这里稍等。',
    'help-coming': '工作人员正在过来，请在这里稍等。',
    'help-from': '{counter} 号窗口',
    'help-escalated': '还没有人回应，我们已经告诉大厅主管。请再稍等，也可以到咨询台。',
    'help-done': '工作人员已经帮过您了。还需要帮助，请再点一下。',
    'help-desk': '现在呼叫不到工作人员。请到咨询台，我们当面帮您。',
    'help-take-back': '不用了',
    'help-read': '知道了',
  },
  en: {
    'help-calling': 'Calling our staff',
    'help-ringing': 'We have called our staff. Please wait here.',
    'help-coming': 'Somebody is coming. Please wait here.',
    'help-from': 'From counter {counter}',
    'help-escalated':
      'Nobody has answered yet. We have told the supervisor. Please wait, or go to the information desk.',
    'help-done': 'Our staff have been to help. If you need more help, touch again.',
    'help-desk': 'We cannot call anybody right now. Please go to the information desk: we help you there.',
    'help-take-back': 'No need any more',
    'help-read': 'All right',
  },
})
