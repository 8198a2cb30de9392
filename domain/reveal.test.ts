import { describe, expect, it } from 'vitest'
import { mayBeWritten } from './reveal.ts'

const CONFIDED = ['张三丰', '138 0000 9999', '11010519491231002X', 'Anna Müller']

describe('what a reveal is for', () => {
  it.each(['核对户口本', '家属来取 3 号材料', 'call back about form 12', ''])(
    '[REVEAL3] “%s” may be written down',
    (words) => {
      expect(mayBeWritten(words, CONFIDED)).toBe(true)
    },
  )

  it.each([
    '给张三丰打电话',
    '给三丰打电话',
    'call anna back',
    '张 三 丰',
    '张·三·丰',
    '电话13800009999',
    '138-0000-9999',
    '尾号 0 0 2 1',
    '１３８００００',
    'for anna müller',
    '٠١٢٣',
  ])('[REVEAL3] “%s” may not', (words) => {
    expect(mayBeWritten(words, CONFIDED)).toBe(false)
  })
})
