import './identity.css'
import { useSignal } from '@preact/signals'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import type { CardRequest, CardResponse, KnownCard, SiteView } from '#protocol/api.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { careWay } from './care-way.ts'
import { afterCard, asksForCare, looksAtCards, type Said, saidOf } from './held.ts'
import { t } from './identity-words.ts'
import type { MissedSteps } from './missed.ts'
import { useCardReader } from './use-card-reader.ts'
import { useReaderService } from './use-reader-service.ts'
import type { Visit, VisitSteps } from './visit.ts'

interface Props {
  site: SiteView
  api: Api
  steps: VisitSteps
  back: MissedSteps
  /** The server is away: nobody can look at a card. */
  away: boolean
  /** Whoever stands here is somebody else. */
  onDone: () => void
}

/** The address of the reader service that this page was loaded with: its page may ask no other. */
let loadedWith: string | null | undefined

/**
 * Listens on every screen for what is held to a reader, sends it once, and says what became of it. One reader for all: care,
 * identity, and a ticket's own code. [KIOSK11] [IDENT9]
 */
export function CardReader({ site, api, steps, back, away, onDone }: Props) {
  const said = useSignal<Said | null>(null)
  /** The screen that a card led to: only there it is said whose it is. */
  const shownAt = useSignal<Visit['at'] | null>(null)
  const way = careWay(site)
  const { at } = steps.visit.value
  const asking = back.missed.value.at !== 'away'
  const gone = useRef(false)
  useEffect(
    () => () => {
      gone.current = true
    },
    [],
  )
  useEffect(() => {
    said.value = null
    if (shownAt.value !== at) shownAt.value = null
  }, [at, asking])

  useEffect(() => {
    // Nobody is asked for what cannot be looked at. [OFFLINE9]
    if (away) steps.withoutIdentity()
  }, [away, at === 'identity'])

  const service = site.identity?.service ?? null
  const address = service && new URL(service.url).origin
  useEffect(() => {
    if (loadedWith === undefined) loadedWith = address
    // Nobody has begun: the page comes anew, with leave to ask the reader the hall has now. [IDENT8]
    else if (loadedWith !== address && at === 'home' && !asking) location.reload()
  }, [address, at, asking])

  const known = (card: KnownCard): void => {
    const now = steps.visit.peek().at
    const [mine] = card.own
    if (back.missed.peek().at !== 'away') {
      if (mine) back.show(mine.ticket)
      else said.value = 'none'
      return
    }
    steps.showCard(card)
    shownAt.value = steps.visit.peek().at
    const next = afterCard(card, now, way)
    if (next === 'take') steps.take({})
    else if (next === 'unknown') steps.unknownCard()
  }
  const read = useCallback(
    async (card: CardRequest): Promise<void> => {
      const before = steps.visit.peek().at
      if (!looksAtCards(before) || said.peek() === 'reading') return
      // What the reader typed there goes with the screen.
      if (before === 'search') steps.back()
      if (away) {
        said.value = 'away'
        return
      }
      said.value = 'reading'
      try {
        const answer = await api.post<CardResponse>(`/sites/${encodeURIComponent(site.id)}/cards`, card)
        if (gone.current) return
        said.value = null
        if (answer.is === 'card') return known(answer)
        steps.finish()
        back.show(answer.ticket)
      } catch (error) {
        if (gone.current) return
        const now = saidOf(error instanceof ApiError ? error.key : 'internal')
        said.value = now
        if (now !== 'failed' && asksForCare(steps.visit.peek().at, way)) steps.unknownCard()
      }
    },
    [site.id, way, away],
  )
  useCardReader(useCallback((number) => void read({ number }), [read]))
  const takes = !away && (at === 'identity' || (service !== null && asksForCare(at, way)))
  useReaderService(
    service,
    takes,
    read,
    useCallback((now) => {
      said.value = now
    }, []),
  )

  const shown = steps.card.value?.identity
  if (said.value) {
    return (
      <p class="held" role="status" data-testid="held" data-said={said.value}>
        <Icon name={said.value === 'reading' ? 'card' : 'help'} />
        {t(`held-${said.value}`)}
      </p>
    )
  }
  if (!shown || asking || at === 'already') return null
  return (
    <div class="held held--shown" role="status" data-testid="held" data-said="shown">
      <Icon name="check" />
      {t('held-shown')}{' '}
      {shownAt.value === at && (
        <span class="number" data-unspoken data-testid="held-mask">
          {shown.name} {shown.number}
        </span>
      )}
      {at === 'home' && (
        <Button onClick={onDone} data-testid="held-clear">
          {t('held-clear')}
        </Button>
      )}
    </div>
  )
}
