import { createI18n, language } from '../i18n.ts'

/** The words of a rating, on the phone and on the tablet; fetched with it. */
export const { t, messages } = createI18n({
  'zh-CN': {
    title: '请您评价',
    lead: '{service}办得怎么样？不想评价也没关系。',
    'level-5': '非常\u200b满意',
    'level-4': '满意',
    'level-3': '基本\u200b满意',
    'level-2': '不满意',
    'level-1': '非常\u200b不满意',
    thanks: '谢谢，已经记下了。',
    more: '想多说一点吗？可以不填。',
    text: '想说的话（最多 150 字，不用写姓名）',
    left: '还可以写 {n} 字',
    add: '加上这些',
    done: '好了',
    'all-thanks': '谢谢您的评价！',
    private: '只有大厅主管能看到您写的话，没有您的姓名和号码。',
    failed: '没有送到，请再点一次。',
    late: '评价时间已过，谢谢您。',
    already: '这项业务已经评价过了，谢谢您。',
  },
  en: {
    title: 'Please rate us',
    lead: 'How did it go with {service}? You need not say.',
    'level-5': 'Very happy',
    'level-4': 'Happy',
    'level-3': 'Fairly happy',
    'level-2': 'Unhappy',
    'level-1': 'Very unhappy',
    thanks: 'Thank you. We have it.',
    more: 'Anything to add? You can leave it out.',
    text: 'Your words (150 at most, no names needed)',
    left: '{n} {n|character|characters} left',
    add: 'Add this',
    done: 'Done',
    'all-thanks': 'Thank you for your rating!',
    private: 'Only the hall’s supervisor reads your words, without your name or number.',
    failed: 'This did not reach us. Please tap again.',
    late: 'The time for rating is over. Thank you.',
    already: 'This has been rated already. Thank you.',
  },
})

/** The same in the language not spoken now, for whoever stands before the tablet. */
export function also(key: keyof (typeof messages)['en'] & string): string {
  return messages[language.value === 'en' ? 'zh-CN' : 'en'][key] ?? key
}
