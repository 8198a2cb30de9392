import './paper-page.css'
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { hourMinute } from '#ui/i18n.ts'
import type { LiveStaff } from '#ui/live.ts'
import type { Person } from '../model.ts'
import { EntryPage } from './EntryPage.tsx'
import { keptList } from './kept-list.ts'
import { keptText, type LastList, lastListOf, silenceUntil } from './last-list.ts'
import { printList } from './print-list.tsx'
import { t } from './words.ts'

/** Going on without the server, and what is said of it afterwards. */
export interface Paper {
  /** Puts the list on paper as it stands, or last stood. */
  print: () => void
  /** The page on which calls are entered, while somebody does. */
  entry: ReadonlySignal<typeof EntryPage | null>
  enter: () => void
  leave: () => void
  /** From when until when this console has been out of touch, ms, until somebody has said what came of it. */
  away: Signal<{ from: number; to: number } | null>
  close: () => void
}

/** What a workplace needs of paper. [PAPER7] [PAPER8] [PAPER9] */
export function createPaper(given: {
  live: LiveStaff
  board: ReadonlySignal<StaffBoard | null>
  site: () => SiteView
  counterId: string
  person: Person
}): Paper {
  const { live, board, site, counterId, person } = given
  const entry = signal<Paper['entry']['value']>(null)
  const away = signal<Paper['away']['value']>(null)
  const kept = keptList()

  function listNow(): LastList | null {
    const current = board.peek()
    if (!current) return null
    const asOf = live.link.peek() === 'live' ? live.clock() : (live.lastHeard.peek() ?? current.at)
    return lastListOf(site(), current, counterId, person, asOf)
  }
  function keep(): void {
    const list = live.link.peek() === 'revoked' ? null : listNow()
    if (list) kept.keep(keptText(list))
  }

  const stop = effect(() => {
    const link = live.link.value
    if (link === 'lost') keep()
    if (link !== 'live') return
    // In touch again: what was kept is of no more use, but says since when it was not.
    const silence = silenceUntil(kept.read(), live.clock())
    kept.drop()
    if (silence) away.value = silence
  })
  // Opened anew, it may find the server away; then this is all there is.
  addEventListener('pagehide', keep)

  return {
    entry,
    away,
    print() {
      const list = listNow()
      if (list) printList(list)
    },
    enter() {
      away.value = null
      entry.value = EntryPage
    },
    leave() {
      entry.value = null
    },
    close() {
      stop()
      removeEventListener('pagehide', keep)
    },
  }
}

/** After a time out of touch: were calls made on paper? It stays until somebody has said so. [PAPER10] */
export function PaperStrip({ paper, timeZone }: { paper: Paper; timeZone: string }) {
  const away = paper.away.value
  if (away === null) return null
  const from = hourMinute(away.from, timeZone)
  const to = hourMinute(away.to, timeZone)
  return (
    <div class="paper-strip" role="status" data-testid="was-away">
      <Icon name="unplugged" />
      <span>{t('was-away', { from, to })}</span>
      <Button tone="primary" data-testid="was-away-enter" onClick={paper.enter}>
        {t('entry-title')}
      </Button>
      <Button
        tone="quiet"
        data-testid="was-away-nothing"
        onClick={() => {
          paper.away.value = null
        }}
      >
        {t('was-away-nothing')}
      </Button>
    </div>
  )
}

/** Out of touch it is the one thing to do. */
export function PrintButton({ paper }: { paper: Paper }) {
  return (
    <Button tone="primary" icon="printer" data-testid="print-lost" onClick={paper.print}>
      {t('print')}
    </Button>
  )
}

/** Print the list, and enter what was called by one. Seldom needed, so small and below the line. */
export function PaperButtons({ paper, blocked }: { paper: Paper; blocked: boolean }) {
  return (
    <div class="paper-buttons">
      <Button tone="quiet" icon="printer" data-testid="print-list" onClick={paper.print}>
        {t('print')}
      </Button>
      <Button tone="quiet" disabled={blocked} data-testid="enter-paper" onClick={paper.enter}>
        {t('entry-title')}
      </Button>
    </div>
  )
}
