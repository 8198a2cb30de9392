import { describe, expect, it } from 'vitest'
import { dayPlus } from '#ui/hall-now.ts'
import { dayLink, pageOf } from './page.ts'

describe('where one is', () => {
  it('[MANAGE7] an address names the hall, today, or a day that exists', () => {
    expect(pageOf('')).toEqual({ page: 'hall' })
    expect(pageOf('#/')).toEqual({ page: 'hall' })
    expect(pageOf('#/nonsense')).toEqual({ page: 'hall' })
    expect(pageOf('#/day')).toEqual({ page: 'day', day: null })
    expect(pageOf('#/day/2026-03-02')).toEqual({ page: 'day', day: '2026-03-02' })
    for (const wrong of ['2026-3-2', '2026-13-02', '2026-02-30x', '../x']) {
      expect(pageOf(`#/day/${wrong}`)).toEqual({ page: 'day', day: null })
    }
    expect(pageOf('#/audit')).toEqual({ page: 'audit' })
    expect(pageOf('#/api-keys')).toEqual({ page: 'api-keys' })
    expect(pageOf('#setup')).toEqual({ page: 'setup' })
  })

  it('[MANAGE7] links lead back to where they say, over months and leap years', () => {
    expect(pageOf(dayLink('2026-03-02'))).toEqual({ page: 'day', day: '2026-03-02' })
    expect(pageOf(dayLink(null))).toEqual({ page: 'day', day: null })
    expect(dayPlus('2026-03-01', -1)).toBe('2026-02-28')
    expect(dayPlus('2028-02-28', 1)).toBe('2028-02-29')
    expect(dayPlus('2026-12-31', 1)).toBe('2027-01-01')
  })
})
