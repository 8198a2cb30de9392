import type { SiteView } from '#protocol/api.ts'
import type { DeviceKind, Place } from '#protocol/device.ts'
import { localised } from '#ui/i18n.ts'
import { t } from './words.ts'

/** Where a screen may belong, by a key that a list of choices can hold. */
export function placesOf(site: SiteView, kind: DeviceKind): { key: string; place: Place; words: string }[] {
  const choice = (place: Place) => ({
    key: JSON.stringify(place),
    place,
    words: placeWords(place, kind, site),
  })
  if (kind === 'kiosk') return [choice({})]
  if (kind === 'pad') return site.counters.map(({ id }) => choice({ counter: id }))
  return [
    choice({}),
    ...site.display.zones.map(({ id }) => choice({ zone: id })),
    ...site.counters.map(({ id }) => choice({ counter: id })),
    ...site.counters.map(({ id }) => choice({ rate: id })),
  ]
}

/** The place of a screen in words; '' of a kiosk, which stands where it stands. */
export function placeWords(place: Place | null, kind: DeviceKind, site: SiteView): string {
  if (kind === 'kiosk') return ''
  if (place === null) return t('place-address')
  const zone = site.display.zones.find(({ id }) => id === place.zone)
  const number = (counterId: string) => site.counters.find(({ id }) => id === counterId)?.number ?? counterId
  if (place.zone !== undefined) return t('place-zone', { name: zone ? localised(zone.name) : place.zone })
  if (place.counter !== undefined)
    return t(kind === 'pad' ? 'place-pad' : 'place-sign', { number: number(place.counter) })
  if (place.rate !== undefined) return t('place-rate', { number: number(place.rate) })
  return t('place-hall')
}
