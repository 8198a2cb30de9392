import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { Answer } from './Answer.tsx'
import { CardHere } from './CardScreen.tsx'
import { Choice } from './Choice.tsx'
import { careWay } from './care-way.ts'
import { isNeeded, needsOf } from './needs.ts'
import type { VisitSteps } from './visit.ts'
import type { Wish } from './wish.ts'
import { t } from './words.ts'

interface Props {
  wish: Wish
  site: SiteView
  steps: VisitSteps
  /** The server is away: what cannot be kept here is not asked. */
  away: boolean
}

/**
 * One question, two answers of equal weight, no reason asked. [KIOSK3] [KIOSK11] Whoever has come for one thing answers it and has a
 * number; further matters and needs are beside it, smaller. [KIOSK9] [KIOSK10]
 */
export function CareScreen({ wish, site, steps, away }: Props) {
  // A card cannot be looked at here, and a reason or a need not kept. [OFFLINE9]
  const way = careWay(away ? { ...site, careBy: site.careBy.filter((by) => by !== 'card') } : site)
  const asks = way !== 'staff' && way !== 'none'
  // A card that was held to the reader before is not asked for again. [IDENT6]
  const shown = steps.card.value?.care === true
  const byCard = way === 'card' && !shown
  return (
    <div class="question question--main">
      <Choice wish={wish} onGuide={steps.readGuide} />
      <ScreenTitle>{t(asks ? 'care-title' : 'staff-care-title')}</ScreenTitle>
      {asks && (
        <p class="question-lead">
          <span class="phrase">{t('care-lead')}</span>{' '}
          <span class="phrase">{t(byCard ? 'card-lead' : 'care-private')}</span>
        </p>
      )}
      {way === 'staff' && <p class="question-lead">{t('staff-care-lead')}</p>}
      <div class={asks ? 'answers' : 'answers answers--one'}>
        {byCard && <CardHere name={t('card-yes')} note={t('card-yes-note')} />}
        {asks && !byCard && (
          <Answer
            id="care-yes"
            icon="heart"
            name={t('care-yes')}
            note={t('care-yes-note')}
            onClick={() => (away || shown ? steps.take({}) : steps.wantCare())}
          />
        )}
        <Answer
          id="care-no"
          icon="ticket"
          name={asks ? t(byCard ? 'card-no' : 'care-no') : t('take-number')}
          note={asks && !byCard ? t('care-no-note') : ''}
          onClick={() => steps.take()}
        />
      </div>
      <div class="extras">
        {way === 'both' && !shown && (
          <Button large icon="card" onClick={steps.haveCard} data-testid="have-card">
            {t('have-card')}
          </Button>
        )}
        {site.services.length > 1 && (
          <Button large icon="plus" onClick={steps.addMatters} data-testid="add-matters">
            {t(wish.services.length === 1 ? 'add-matter' : 'change-matters')}
          </Button>
        )}
        {!away && <PrepareButton wish={wish} site={site} onAsk={steps.askPrepare} />}
        <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
      </div>
    </div>
  )
}

/** What was ticked is not named here: others stand behind. */
function PrepareButton({ wish, site, onAsk }: { wish: Wish; site: SiteView; onAsk: () => void }) {
  const chosen = needsOf(site.skills).filter((need) => isNeeded(wish, need)).length
  return (
    <Button
      large
      class={chosen > 0 ? 'extra--chosen' : ''}
      icon={chosen > 0 ? 'check' : 'person'}
      onClick={onAsk}
      data-testid="ask-prepare"
    >
      {chosen > 0 ? t('prepare-noted', { n: chosen }) : t('ask-prepare')}
    </Button>
  )
}
