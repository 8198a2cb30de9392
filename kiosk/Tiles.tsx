import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { language, localised, otherwise } from '#ui/i18n.ts'
import { isServed, waitingIn } from './lane-state.ts'
import { serviceIcon } from './service-icon.ts'
import type { Service } from './wish.ts'
import { t } from './words.ts'

interface Props {
  site: SiteView
  /** null: the server is away, and nothing is said of the lanes. */
  board: PublicBoard | null
  services: readonly Service[]
  onChoose: (service: Service, full: boolean) => void
}

/** Services to choose from: one touch each. [KIOSK6] [KIOSK12] */
export function Tiles({ site, board, services, onChoose }: Props) {
  return (
    <ul class="tiles">
      {services.map((service) => (
        <li key={service.id}>
          <Tile
            service={service}
            waiting={board && waitingIn(board, service.laneId)}
            served={board === null || isServed(site, board, service.laneId)}
            full={site.full.includes(service.id)}
            onChoose={onChoose}
          />
        </li>
      ))}
    </ul>
  )
}

interface TileProps {
  service: Service
  /** null: not known. */
  waiting: number | null
  served: boolean
  /** Today's numbers are given out. */
  full: boolean
  onChoose: (service: Service, full: boolean) => void
}

function Tile({ service, waiting, served, full, onChoose }: TileProps) {
  return (
    <button
      type="button"
      class={full ? 'tile tile--full' : 'tile'}
      data-testid={`service-${service.id}`}
      onClick={() => onChoose(service, full)}
    >
      <span class="tile-icon">
        <Icon name={serviceIcon(service.id)} />
      </span>
      <span class="tile-words">
        <span class="tile-name">{localised(service.name)}</span>
        <span class="tile-other" lang={language.value === 'en' ? 'zh-CN' : 'en'}>
          {otherwise(service.name)}
        </span>
        <span class="tile-department">{localised(service.department)}</span>
      </span>
      {waiting !== null && (
        <span class="tile-count">
          <Chip icon="people">{waiting === 0 ? t('nobody-waiting') : t('waiting', { n: waiting })}</Chip>
        </span>
      )}
      {full && (
        <span class="tile-foot">
          <Chip tone="amber" icon="ticket">
            {t('full')}
          </Chip>
        </span>
      )}
      {!full && !served && (
        <span class="tile-foot">
          <Chip tone="amber" icon="clock">
            {t('no-counter')}
          </Chip>
        </span>
      )}
    </button>
  )
}
