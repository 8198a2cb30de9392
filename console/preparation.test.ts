import { expect, test } from 'vitest'
import type { PreparationResponse, SiteView } from '#protocol/api.ts'
import type { Leg } from './model.ts'
import { allThere, corrected, isNotKept, materialRows, notByVoice, withCheck } from './preparation.ts'

const text = (words: string) => ({ 'zh-CN': words, en: words })
const services = [
  { id: 's', materials: ['证', '簿', '照'].map(text) },
  { id: 'other', materials: [text('证')] },
] as SiteView['services']
const leg = { serviceId: 's', state: 'called', skill: null, callId: 7 } as Leg
const resident = { serviceId: 's', by: 'resident', at: 1, here: ['证'], missing: ['照'] } as const
const counter = { serviceId: 's', by: 'counter', at: 2, here: ['照'], missing: ['证'] } as const
const told = (...materials: PreparationResponse['materials']): PreparationResponse => ({
  accommodations: [],
  materials,
})
const shown = (found: PreparationResponse) =>
  materialRows({ services }, leg, found).map(({ material, said, by }) => [material.en, said, by])

test('[CHECK6] each material of the present matter with what was said of it last', () => {
  const elsewhere = { ...counter, serviceId: 'other' }
  expect(shown(told(elsewhere))).toEqual([
    ['证', null, null],
    ['簿', null, null],
    ['照', null, null],
  ])
  expect(shown(told(resident))).toEqual([
    ['证', 'here', 'resident'],
    ['簿', null, null],
    ['照', 'missing', 'resident'],
  ])
  expect(shown(told(counter, resident))).toEqual(shown(told(resident, counter)))
  expect(shown(told(resident, counter))).toEqual([
    ['证', 'missing', 'counter'],
    ['簿', null, null],
    ['照', 'here', 'counter'],
  ])
  expect(materialRows({ services: [] }, leg, told(resident))).toEqual([])
})

test('[CHECK6] one word says that all are there, a touch corrects one and leaves the others', () => {
  const rows = materialRows({ services }, leg, told(resident))
  expect(allThere(rows)).toEqual({ here: ['证', '簿', '照'], missing: [] })
  expect(corrected(rows, '照')).toEqual({ here: ['证', '照'], missing: [] })
  expect(corrected(rows, '证')).toEqual({ here: [], missing: ['证', '照'] })
  expect(corrected(rows, '簿')).toEqual({ here: ['证', '簿'], missing: ['照'] })
})

test('[CHECK6] what the server has kept takes the place of the counter’s word before', () => {
  const again = { ...counter, at: 3, here: ['证'], missing: [] }
  expect(withCheck(told(resident, counter), again).materials).toEqual([resident, again])
})

test('[PREPARE4] who writes or signs is not called by voice alone, until they were seen; a recall asks again', () => {
  const skills = [{ id: 'signing', name: text('手语'), accommodation: 'sign-language' as const }]
  const site = { skills }
  expect(notByVoice(site, leg, ['written'], null)).toBe(true)
  expect(notByVoice(site, leg, ['sign-language', 'companion'], null)).toBe(true)
  expect(notByVoice(site, leg, ['wheelchair-counter', 'with-child'], null)).toBe(false)
  expect(notByVoice(site, { ...leg, skill: 'signing' }, [], null)).toBe(true)
  expect(notByVoice(site, leg, ['written'], 7)).toBe(false)
  expect(notByVoice(site, { ...leg, callId: 9 }, ['written'], 7)).toBe(true)
  expect(notByVoice(site, { ...leg, state: 'serving' }, ['written'], null)).toBe(false)
})

test('[PURGE5] what was asked for and is no longer kept is said, and nothing where nothing was asked for', () => {
  const asked = { prepare: true }
  expect(isNotKept(asked, told())).toBe(true)
  expect(isNotKept(asked, { ...told(), accommodations: ['written'] })).toBe(false)
  expect(isNotKept(asked, { ...told(), contact: { name: null, phone: '138****1234' } })).toBe(false)
  expect(isNotKept({ prepare: false }, told())).toBe(false)
})
