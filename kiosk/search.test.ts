import { describe, expect, test } from 'vitest'
import { everydayWords, found, initials, turned } from './search.ts'
import type { Service } from './wish.ts'

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const service = (id: string, name: Service['name'], department: Service['name'], says: Service['says']) =>
  ({ id, name, department, says }) as Service

const SERVICES = [
  service('birth', text('出生登记', 'Birth registration'), text('派出所', 'Police station'), [
    text('小孩上户口', 'Register a baby'),
    text('宝宝报户口', 'New baby papers'),
  ]),
  service('insurance', text('社会保险', 'Social insurance'), text('人社局', 'Social security'), [
    text('查养老金', 'My pension'),
  ]),
  service('medical', text('医疗保险', 'Medical insurance'), text('医保局', 'Medical security'), [
    text('看病报销', 'Claim for treatment'),
    text('养老', '养老'),
  ]),
]
const ids = (typed: string) => found(SERVICES, typed).map(({ id }) => id)

describe('finding a service', () => {
  test.each<[string, string, string[]]>([
    ['part of an everyday word', '上户口', ['birth']],
    ['part of a name', '保险', ['insurance', 'medical']],
    ['a department', '派出所', ['birth']],
    ['names before everyday words before departments', '医', ['medical']],
    ['everyday words', '养老', ['insurance', 'medical']],
    ['the beginnings of English words, in any order', 'ins med', ['medical']],
    ['English without regard to case', 'BABY', ['birth']],
    ['the first letters of pinyin', 'xhshk', ['birth']],
    ['some of them', 'kbbx', ['medical']],
    ['a comma of the input method and spaces', " x'h ", ['birth']],
    ['what is nearest', '孩子要上户口', ['birth']],
    ['nothing', '', []],
    ['nothing that fits', '游泳', []],
    ['nor in letters', 'zzz', []],
  ])('[SEARCH1] %s', (_, typed, expected) => {
    expect(ids(typed)).toEqual(expected)
  })

  test('[SEARCH1] a name comes before everyday words, and those before a department', () => {
    const services = [
      service('c', text('丙', 'c'), text('户口科', 'd'), []),
      service('b', text('乙', 'b'), text('甲', 'd'), [text('上户口', 'x')]),
      service('a', text('户口', 'a'), text('甲', 'd'), []),
    ]
    expect(found(services, '户口').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  test('[SEARCH1] first letters of pinyin, of signs common in halls', () => {
    expect(initials('小孩上户口')).toBe('xhshk')
    expect(initials('残疾人证')).toBe('cjrz')
    expect(initials('欧阿安帮擦大额发改哈及卡拉妈拿跑七日萨他瓦西压杂')).toBe('oaabcdefghjklmnpqrstwxyz')
    expect(initials('A4 纸')).toBe('a4z')
  })

  test('[SEARCH2] everyday words: every service’s first before any second, none twice', () => {
    expect(everydayWords(SERVICES, 'zh-CN')).toEqual([
      '小孩上户口',
      '查养老金',
      '看病报销',
      '宝宝报户口',
      '养老',
    ])
    expect(everydayWords([...SERVICES, ...SERVICES], 'en')).toEqual([
      'Register a baby',
      'My pension',
      'Claim for treatment',
      'New baby papers',
    ])
    expect(everydayWords([], 'en')).toEqual([])
  })

  test('[SEARCH2] as many words as a screen has room for, then the others, and around again', () => {
    const words = Array.from({ length: 20 }, (_, i) => `w${i}`)
    expect(turned(words, 0)).toHaveLength(16)
    expect(turned(words, 1)).toEqual(['w16', 'w17', 'w18', 'w19'])
    expect(turned(words, 2)).toEqual(turned(words, 0))
    expect(turned([], 3)).toEqual([])
  })
})
