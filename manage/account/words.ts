import { createI18n } from '#ui/i18n.ts'

export const { t, messages } = createI18n({
  'zh-CN': {
    title: '给同事新密码',
    lead: '谁忘了密码，可以在这里给他一个新的。原来的密码和登录立刻失效，并记入审计。',
    fresh: '还没有换成自己的',
    give: '给新密码',
    'give-to': '给 {name} 新密码',
    sure: '给 {name} 一个新密码？',
    'give-now': '给新密码',
    keep: '不用了',
    given: '{name} 的新密码',
    'given-lead': '只显示这一次。请当面告诉本人，登录后要先换成自己的。',
    done: '已经告诉本人',
  },
  en: {
    title: 'New passwords for colleagues',
    lead: 'Whoever forgot their password gets a new one here. The old one and every sign-in of theirs end at once, and it is in the audit.',
    fresh: 'not changed to their own yet',
    give: 'New password',
    'give-to': 'A new password for {name}',
    sure: 'Give {name} a new password?',
    'give-now': 'Give it',
    keep: 'Leave it',
    given: 'The new password of {name}',
    'given-lead':
      'It is shown this once. Tell it to nobody but them; they change it to their own when they sign in.',
    done: 'They have it',
  },
})
