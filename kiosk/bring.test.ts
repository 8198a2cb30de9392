import { describe, expect, test } from 'vitest'
import { checksOf, isToAsk, missingOf, said, ticked, ticksOf, toBring } from './bring.ts'
import { listText } from './take-list.ts'
import { type Service, toggled, type Wish, wishFor } from './wish.ts'

const text = (zh: string, en = zh) => ({ 'zh-CN': zh, en })
const card = { ...text('身份证', 'ID card'), where: text('派出所', 'The police') }
const photo = text('照片', 'Photo')
const lease = { ...text('合同', 'Lease'), where: text('房东', 'Your landlord') }
const service = (id: string, ...materials: Service['materials']) =>
  ({ id, name: text(`${id}证`, id), materials }) as Service

const permit = service('permit', card, lease)
const pass = service('pass', card, photo)
const both: Wish = toggled(wishFor(permit), pass)
const names = (materials: readonly Service['name'][]) => materials.map(({ en }) => en)

describe('what to bring', () => {
  test('[CHECK1] each once, however many matters need it', () => {
    expect(names(toBring(both.services))).toEqual(['ID card', 'Lease', 'Photo'])
  })

  test('[CHECK1] one touch says that all is there; each can be said by itself, and the rest is missing', () => {
    expect(isToAsk(both)).toBe(true)
    expect(ticksOf(both)).toBeNull()
    const all = said(both, 'all')
    expect(isToAsk(all)).toBe(false)
    expect(missingOf(all)).toEqual([])
    const ticks = ticked(ticked(ticked(null, '身份证'), '照片'), '照片')
    const some = said(both, ticks ?? [])
    expect(names(missingOf(some))).toEqual(['Lease', 'Photo'])
    expect(ticksOf(some)).toEqual(['身份证'])
  })

  test('[CHECK1] a further matter asks only when it needs something that nothing was said of', () => {
    const one = said(wishFor(permit), 'all')
    expect(isToAsk(toggled(one, service('same', card)))).toBe(false)
    expect(isToAsk(toggled(one, pass))).toBe(true)
    expect(isToAsk(wishFor(service('free')))).toBe(false)
  })

  test('[CHECK4] the server is told by service, and nothing of what was left out', () => {
    expect(checksOf(both)).toEqual([])
    expect(checksOf(said(both, ['身份证']))).toEqual([
      { serviceId: 'permit', here: ['身份证'], missing: ['合同'] },
      { serviceId: 'pass', here: ['身份证'], missing: ['照片'] },
    ])
    expect(checksOf(toggled(said(wishFor(permit), 'all'), pass))[1]).toEqual({
      serviceId: 'pass',
      here: ['身份证'],
      missing: [],
    })
  })
})

describe('the list to take along', () => {
  const hall = '湖滨社区服务站'

  test('[CHECK3] is the list itself in plain words, what is missing first, with where to get it', () => {
    expect(listText(hall, said(both, ['身份证']), 'zh-CN')).toBe(
      '湖滨社区服务站\npermit证、pass证\n还缺：\n□ 合同 (房东)\n□ 照片\n也请带好：\n□ 身份证',
    )
    expect(listText(hall, said(wishFor(permit), []), 'en')).toBe(
      '湖滨社区服务站\npermit\nStill missing:\n□ ID card (The police)\n□ Lease (Your landlord)',
    )
  })

  test('[CHECK3] is never too long for a code: first without where, then cut at a line', () => {
    const long = (n: number) => ({ ...text(`第${n}份材料`), where: text('很远的地方'.repeat(8)) })
    const many = (n: number) => wishFor(service('long', ...Array.from({ length: n }, (_, i) => long(i))))
    const shorter = listText(hall, said(many(10), []), 'zh-CN')
    expect(shorter).toContain('第9份材料')
    expect(shorter).not.toContain('很远')
    const cut = listText(hall, said(many(60), []), 'zh-CN')
    expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(710)
    expect(cut).toMatch(/第\d+份材料\n…$/)
  })
})
