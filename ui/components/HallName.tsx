import type { SiteView } from '#protocol/api.ts'
import { localised } from '../i18n.ts'
import { shared } from '../words.ts'
import { Chip } from './Chip.tsx'
import { Wordmark } from './Wordmark.tsx'

/** How the bar of a screen for staff begins: whose hall it is, and whether only a demo. */
export function HallName({ site }: { site: SiteView }) {
  return (
    <>
      <Wordmark />
      <span class="top-site" title={localised(site.name)}>
        {localised(site.name)}
      </span>
      {site.demo && !site.practice && <Chip tone="accent">{shared('demo')}</Chip>}
    </>
  )
}
