import type { DayReport, SessionView, SiteView } from '#protocol/api.ts'
import type { OverviewBoard } from '#protocol/board.ts'
import type { Api } from '#ui/api.ts'
import { hallNow } from '#ui/hall-now.ts'
import { Exceptions, Held, StuckList } from './Aside.tsx'
import { Closing } from './Closing.tsx'
import { CounterGrid } from './CounterGrid.tsx'
import { FigureRow } from './FigureRow.tsx'
import { LaneGrid } from './LaneGrid.tsx'
import { counterCards, figuresOf, laneCards } from './model.ts'
import { t } from './words.ts'

interface Props {
  api: Api
  site: SiteView
  person: SessionView
  board: OverviewBoard
  today: DayReport | null
  /** ms on the server's clock */
  now: number
  /** The link is not live: what is shown may have changed since. */
  old: boolean
  onExpired: () => void
}

/** The hall as it is now. */
export function HallPage({ api, site, person, board, today, now, old, onExpired }: Props) {
  const hall = hallNow(site, board, now)
  return (
    <main class={old ? 'hall hall--old' : 'hall'} data-testid="hall">
      <FigureRow figures={figuresOf(board, hall, today)} />
      {hall.leftover.length > 0 && (
        <Closing
          api={api}
          siteId={site.id}
          count={hall.leftover.length}
          over={hall.over}
          mayDecide={person.may.includes('send-home')}
          blocked={old}
          onExpired={onExpired}
        />
      )}
      <div class="hall-columns">
        <div class="hall-main">
          <LaneGrid cards={laneCards(site, board, hall, now)} site={site} />
          <CounterGrid cards={counterCards(site, board)} now={now} />
        </div>
        <div class="hall-side">
          <StuckList stuck={hall.stuck} site={site} />
          <Held held={hall.held} site={site} />
          <Exceptions today={today} timeZone={site.timeZone} />
          {!person.may.includes('read-class') && (
            <p class="quiet" data-testid="overview-part">
              {t('overview')}
            </p>
          )}
        </div>
      </div>
    </main>
  )
}
