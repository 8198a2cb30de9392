import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkHall } from './hall-check.ts'
import { diffHall } from './hall-diff.ts'
import { exportHall } from './hall-export.ts'
import type { HallSettings } from './hall-file.ts'

const read = (text: string): HallSettings => {
  const { hall, errors } = checkHall(text)
  if (!hall) throw new Error(JSON.stringify(errors))
  return hall
}
const texts = ['demo/hall.yaml', 'examples/hall.yaml'].map((file) =>
  readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'),
)
const example = texts[1] ?? ''
const changed = (...replaced: [string, string][]) =>
  read(
    replaced.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`the example has no ${from}`)
      return text.replace(from, to)
    }, example),
  )

describe('the change from one hall to another', () => {
  it('[HALL3] is said in words, a line for each thing', () => {
    const after = changed(
      ['quota: 60 #', 'quota: 40 #'],
      ['Mon-Fri: 09:00-12:00, 13:30-17:00', 'Mon-Thu: 09:00-12:00, 13:30-17:00\n  Fri: 09:00-12:00'],
      ['  2026-10-02: closed\n', ''],
      ['care: 30 min #', 'care: 24 h #'],
      ['offer-for: off', 'offer-for: 20 s'],
      ['secondary: { care-home: 15 min }', 'secondary: { care-home: never }'],
      ['skills: [sign-language] }', '}'],
      ['  - { username: clerk1, name: 一号窗口, role: staff, counter: c1 }\n', ''],
      ['- { username: admin, ', '- { username: wang, name: 王, role: staff }\n  - { username: admin, '],
      ['en: Lease or title deed', 'en: Lease'],
      ['zh-CN: 老人吃饭, en: Lunch for elders', 'zh-CN: 老人吃饭, en: Lunch'],
    )
    expect(diffHall(read(example), after)).toEqual([
      'hours Fri 09:00-12:00, 13:30-17:00 → 09:00-12:00',
      'days 2026-10-02 closed → none',
      'credits care 30 min → 24 h',
      'rules offer-for off → 20 s',
      'service residence-proof: materials without 租房合同或房产证 / Lease or title deed / 找房东要一份合同复印件 / Your landlord has a copy of the lease',
      'service residence-proof: materials with 租房合同或房产证 / Lease / 找房东要一份合同复印件 / Your landlord has a copy of the lease',
      'service residence-proof: quota 60 → 40',
      'service meal-service: says without 老人吃饭 / Lunch for elders',
      'service meal-service: says with 老人吃饭 / Lunch',
      'counter c1: secondary care-home 15 min → never',
      'account clerk1: removed',
      'account clerk2: skills sign-language → none',
      'account wang: new',
    ])
  })

  it('[HALL3] is counted when the hall is new, and none when nothing changes', () => {
    expect(diffHall(null, read(example))).toEqual([
      'a new hall, lake-street: 1 skills, 2 lanes, 2 services, 2 counters, 0 printers, 5 accounts',
    ])
    expect(diffHall(read(example), read(example))).toEqual([])
  })

  it('[HALL3] sees another order of services, which the kiosk shows', () => {
    const before = read(example)
    const after = read(example)
    after.site.services.reverse()
    expect(diffHall(before, after)).toEqual(['services: in another order'])
  })

  it.each(texts)('[HALL6] a hall written as a file and read again is the same', (text) => {
    const hall = read(text)
    const again = read(exportHall(hall))
    expect(again.site).toEqual(hall.site)
    expect(diffHall(hall, again)).toEqual([])
  })
})
