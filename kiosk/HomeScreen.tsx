import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { language, localised, otherwise } from '#ui/i18n.ts'
import { isServed, waitingIn } from './lane-state.ts'
import { serviceIcon } from './service-icon.ts'
import type { Service } from './visit.ts'
import { t } from './words.ts'

interface Props {
  site: SiteView
  board: PublicBoard
  onChoose: (service: Service) => void
  onMissed: () => void
}

/** What have you come for? One touch answers. */
export function HomeScreen({ site, board, onChoose, onMissed }: Props) {
  return (
    <div class="home">
      <div class="home-head">
        <ScreenTitle>{t('welcome')}</ScreenTitle>
        <p class="quiet home-lead">{t('welcome-lead')}</p>
        <MissedButton onMissed={onMissed} />
      </div>
      <ul class="tiles">
        {site.services.map((service) => (
          <li key={service.id}>
            <Tile
              service={service}
              waiting={waitingIn(board, service.laneId)}
              served={isServed(site, board, service.laneId)}
              onChoose={onChoose}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** For who has a number already, and was not there when it was called. */
export function MissedButton({ onMissed }: { onMissed: () => void }) {
  return (
    <Button class="home-missed" icon="repeat" onClick={onMissed} data-testid="missed">
      {t('missed')}
    </Button>
  )
}

interface TileProps {
  service: Service
  waiting: number
  served: boolean
  onChoose: (service: Service) => void
}

function Tile({ service, waiting, served, onChoose }: TileProps) {
  return (
    <button
      type="button"
      class="tile"
      data-testid={`service-${service.id}`}
      onClick={() => onChoose(service)}
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
      <span class="tile-count">
        <Chip icon="people">{waiting === 0 ? t('nobody-waiting') : t('waiting', { n: waiting })}</Chip>
      </span>
      {!served && (
        <span class="tile-foot">
          <Chip tone="amber" icon="clock">
            {t('no-counter')}
          </Chip>
        </span>
      )}
    </button>
  )
}
