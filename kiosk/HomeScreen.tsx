import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import type { KioskPrinter } from '#protocol/printing.ts'
import { Button } from '#ui/components/Button.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { language, localised } from '#ui/i18n.ts'
import { standing } from '#ui/turns.ts'
import { PaperNotice } from './PaperNotice.tsx'
import { everydayWords } from './search.ts'
import { Tiles } from './Tiles.tsx'
import { useNow } from './use-now.ts'
import type { Service } from './wish.ts'
import { t } from './words.ts'

interface Props {
  site: SiteView
  /** null: the server is away, and nothing is said of the lanes. */
  board: PublicBoard | null
  /** The hall's clock, ms. */
  clock: () => number
  printer: KioskPrinter | null
  onChoose: (service: Service, full: boolean) => void
  onSearch: () => void
  /** null: nobody can be asked about a number now. */
  onAsk: (() => void) | null
}

/** What have you come for? One touch answers. */
export function HomeScreen({ site, board, clock, printer, onChoose, onSearch, onAsk }: Props) {
  return (
    <div class="home">
      <div class="home-head">
        <ScreenTitle>{t('welcome')}</ScreenTitle>
        <p class="quiet home-lead">{t('welcome-lead')}</p>
        <div class="home-asks">
          <SearchButton services={site.services} onSearch={onSearch} />
          {onAsk && <AskButtons onAsk={onAsk} />}
        </div>
        {board && <PaperNotice printer={printer} phones={site.publicUrl !== null} />}
      </div>
      <Tiles site={site} board={board} services={site.services} onChoose={onChoose} />
      {board && site.notices.length > 0 && <HallNotice notices={site.notices} clock={clock} />}
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

/** To the search, with two of the hall's own everyday words to say what it is for. [SEARCH2] */
function SearchButton({ services, onSearch }: { services: SiteView['services']; onSearch: () => void }) {
  const words = everydayWords(services, language.value).slice(0, 2)
  return (
    <Button class="home-ask home-search" icon="search" onClick={onSearch} data-testid="search">
      <span class="home-search-name">{t('search')}</span>
      {words.length > 0 && (
        <span class="home-search-words">{words.join(language.value === 'en' ? ', ' : '、')}…</span>
      )}
    </Button>
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
