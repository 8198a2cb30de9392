import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import type { KioskPrinter } from '#protocol/printing.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { language, localised, otherwise } from '#ui/i18n.ts'
import { standing } from '#ui/turns.ts'
import { isServed, waitingIn } from './lane-state.ts'
import { PaperNotice } from './PaperNotice.tsx'
import { serviceIcon } from './service-icon.ts'
import { useNow } from './use-now.ts'
import type { Service } from './wish.ts'
import { t } from './words.ts'

interface Props {
  site: SiteView
  board: PublicBoard
  /** The hall's clock, ms. */
  clock: () => number
  printer: KioskPrinter | null
  onChoose: (service: Service, full: boolean) => void
  onAsk: () => void
}

/** What have you come for? One touch answers. */
export function HomeScreen({ site, board, clock, printer, onChoose, onAsk }: Props) {
  return (
    <div class="home">
      <div class="home-head">
        <ScreenTitle>{t('welcome')}</ScreenTitle>
        <p class="quiet home-lead">{t('welcome-lead')}</p>
        <div class="home-asks">
          <AskButtons onAsk={onAsk} />
        </div>
        <PaperNotice printer={printer} phones={site.publicUrl !== null} />
      </div>
      <ul class="tiles">
        {site.services.map((service) => (
          <li key={service.id}>
            <Tile
              service={service}
              waiting={waitingIn(board, service.laneId)}
              served={isServed(site, board, service.laneId)}
              full={site.full.includes(service.id)}
              onChoose={onChoose}
            />
          </li>
        ))}
      </ul>
      {site.notices.length > 0 && <HallNotice notices={site.notices} clock={clock} />}
    </div>
  )
}

/** What the hall tells everybody, one after another, quietly. */
function HallNotice({ notices, clock }: { notices: SiteView['notices']; clock: () => number }) {
  const notice = standing(notices, useNow(clock))
  return (
    notice && (
      <p class="home-notice" key={notice.en} data-testid="notice">
        {localised(notice)}
      </p>
    )
  )
}

/**
 * For who has a number already: it was called while they were away, or it has not come yet. Both lead to the same pad, and
 * what became of the number says the rest. [KIOSK8] [KIOSK13]
 */
export function AskButtons({ onAsk }: { onAsk: () => void }) {
  return (
    <>
      <Button class="home-ask" icon="repeat" onClick={onAsk} data-testid="missed">
        {t('missed')}
      </Button>
      <Button class="home-ask" icon="help" onClick={onAsk} data-testid="why">
        {t('why-not-yet')}
      </Button>
    </>
  )
}

interface TileProps {
  service: Service
  waiting: number
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
      <span class="tile-count">
        <Chip icon="people">{waiting === 0 ? t('nobody-waiting') : t('waiting', { n: waiting })}</Chip>
      </span>
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
