import { describe, expect, it } from 'vitest'
import { PURPOSES } from '#domain/reveal.ts'
import { linesOf, PURPOSES_OF, wholeOf } from './lines.ts'

const NONE = { accommodations: [], materials: [] }

describe('what there is to reveal', () => {
  it('[IDENT10] [REVEAL5] is one line for each that was said, masked, and the reason for care not even that', () => {
    expect(linesOf(NONE)).toEqual([])
    expect(
      linesOf({
        ...NONE,
        identity: { name: null, number: '110***********002X' },
        contact: { name: '张*', phone: '138****1234' },
        need: true,
      }),
    ).toEqual([
      { what: 'identity', mask: '110***********002X' },
      { what: 'contact', mask: '张* 138****1234' },
      { what: 'need', mask: null },
    ])
    expect(wholeOf({ name: '张三', number: null, phone: '13812341234', need: null })).toBe('张三 13812341234')
  })

  it('[REVEAL3] offers every purpose of the list somewhere', () => {
    expect(new Set(Object.values(PURPOSES_OF).flat())).toEqual(new Set(PURPOSES))
  })
})
