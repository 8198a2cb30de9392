import type { SiteView } from '#protocol/api.ts'
import type { DeviceKind, Place } from '#protocol/device.ts'
import { placesOf } from './place.ts'
import { t } from './words.ts'

interface Props {
  id: string
  site: SiteView
  kind: DeviceKind
  /** Where it belongs now. */
  place?: Place | null
}

/** Where a screen may belong; named `place` in its form. [PAIR2] [PAIR8] */
export function PlaceChoice({ id, site, kind, place }: Props) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t('place')}
      </label>
      <select id={id} name="place" class="field-input">
        {placesOf(site, kind).map(({ key, words }) => (
          <option key={key} value={key} selected={place !== undefined && key === JSON.stringify(place)}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}
