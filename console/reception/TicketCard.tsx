import { useEffect, useRef } from 'preact/hooks'
import type { Action } from '#protocol/actions.ts'
import type { SiteView } from '#protocol/api.ts'
import { whyInWords } from '#protocol/why-words.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { Qr } from '#ui/components/Qr.tsx'
import { errorWords } from '#ui/error-words.ts'
import { language, waitWords } from '#ui/i18n.ts'
import { PaperSlip } from '#ui/paper/PaperSlip.tsx'
import { otherLanguage } from '../errand.ts'
import { KeyButton } from '../KeyButton.tsx'
import type { Leg } from '../model.ts'
import { Care, ToPrepare } from '../Ticket.tsx'
import { serviceName } from '../VisitLine.tsx'
import { t as said } from '../words.ts'
import { type Deed, deedsOf, KEYS, SURE_KEY } from './deeds.ts'
import { stateWords } from './state-words.ts'
import { t } from './words.ts'
import type { Reception } from './work.ts'

interface Props {
  work: Reception
  site: SiteView
  /** What the person here may do. */
  may: readonly Action[]
  /** The open ticket as it stands; null when none is open, or it is not in the hall any more. */
  leg: Leg | null
  blocked: boolean
}

/** The ticket that was given or found, and all that the reception does with it. [DESK4] */
export function TicketCard({ work, site, may, leg, blocked }: Props) {
  const { open, paper, toPrint } = work
  const heading = useRef<HTMLHeadingElement>(null)
  const ticketId = open.value?.ticketId
  useEffect(() => {
    if (ticketId) heading.current?.focus({ preventScroll: true })
  }, [ticketId])
  useEffect(() => {
    if (toPrint.value > 0) window.print()
  }, [toPrint.value])
  const slip = paper.value?.slip
  return (
    <section class="desk found" aria-labelledby="found-title">
      <Said work={work} />
      {leg && open.value ? (
        <>
          <div class="found-ticket">
            <h2 class="found-number number" id="found-title" ref={heading} tabIndex={-1} data-testid="found">
              {leg.number}
            </h2>
            <div class="found-facts">
              <p class="found-service">{serviceName(site, leg.serviceId)}</p>
              <p class="facts">
                <span class={`here-state here-state--${leg.state}`} data-testid="found-state">
                  {stateWords(site, leg)}
                </span>
                {open.value.given && leg.state === 'waiting' && (
                  <span data-testid="given">
                    {open.value.given.ahead === 0 ? t('first') : t('ahead', { n: open.value.given.ahead })}
                    {' · '}
                    {waitWords(open.value.given.wait)}
                  </span>
                )}
                {leg.credit > 0 && <Care />}
                {leg.prepare && <ToPrepare />}
              </p>
              {paper.value && (
                <p class="found-paper" role="status" data-testid="paper" data-state={paper.value.state}>
                  <Icon name="printer" />
                  {t(`paper-${paper.value.state}`)}
                </p>
              )}
            </div>
            {open.value.given?.trackUrl && <Qr text={open.value.given.trackUrl} testId="given-qr" />}
          </div>
          {work.choice.value === 'cancel' || work.choice.value === 'why' ? (
            <Asked work={work} leg={leg} blocked={blocked} />
          ) : (
            <div class="found-deeds">
              {deedsOf(leg, may).map((deed) => (
                <KeyButton
                  key={deed}
                  name={deed}
                  tone={deed === 'rejoin' ? 'primary' : 'plain'}
                  label={labelOf(deed, leg, paper.value !== null)}
                  keySign={KEYS[deed]}
                  pending={work.pending.value}
                  disabled={blocked}
                  onPress={(by) => work.ask(deed, by)}
                />
              ))}
              <KeyButton
                name="put-away"
                tone="quiet"
                label={t('close')}
                keySign="Esc"
                pending={work.pending.value}
                disabled={false}
                onPress={work.close}
              />
            </div>
          )}
        </>
      ) : (
        <div class="found-none">
          <h2 class="side-title" id="found-title">
            {t('no-ticket')}
          </h2>
          <p class="quiet">{t('no-ticket-lead')}</p>
        </div>
      )}
      {slip && <PaperSlip slip={slip} />}
    </section>
  )
}

/** What is asked before it is done: cancelling; and why, with the sentence on paper. */
function Asked({ work, leg, blocked }: { work: Reception; leg: Leg; blocked: boolean }) {
  const cancelling = work.choice.value === 'cancel'
  const why = work.why.value
  return (
    <div class="found-ask" role="status" data-testid="asked">
      <p>
        {cancelling
          ? t('cancel-ask', { number: leg.number })
          : why
            ? whyInWords(why, language.value)
            : said('loading')}
      </p>
      <div class="found-deeds">
        <KeyButton
          name={cancelling ? 'cancel' : 'print-why'}
          tone={cancelling ? 'danger' : 'plain'}
          label={t(cancelling ? 'sure' : 'why-print')}
          keySign={cancelling ? SURE_KEY : KEYS.print}
          pending={work.pending.value}
          disabled={blocked || (!cancelling && why === null)}
          onPress={work.sure}
        />
        <KeyButton
          name="ask-leave"
          tone="quiet"
          label={said('leave')}
          keySign="Esc"
          pending={work.pending.value}
          disabled={false}
          onPress={work.leave}
        />
      </div>
    </div>
  )
}

/** What came of a press, or why nothing did. */
function Said({ work }: { work: Reception }) {
  const word = work.word.value
  if (word === null) return <div role="status" />
  if (word.type === 'done') {
    return (
      <p class="said" role="status" data-testid="done">
        {t(`did-${word.deed}`, { number: word.number })}
      </p>
    )
  }
  return (
    <div class="said said--error" role="alert" data-testid="error" data-error={word.key}>
      <Icon name="warning" />
      <span>{errorWords(word.key, word.facts)}</span>
    </div>
  )
}

function labelOf(deed: Deed, leg: Leg, printed: boolean): string {
  switch (deed) {
    case 'more-time':
      return t(leg.state === 'waiting' ? 'deed-let-first' : 'deed-more-time')
    case 'care':
      return t(leg.credit > 0 ? 'deed-care-off' : 'deed-care')
    case 'language':
      return t(`deed-language-${otherLanguage(leg)}`)
    case 'print':
      return t(printed ? 'deed-print-again' : 'deed-print')
    default:
      return t(`deed-${deed}`)
  }
}
