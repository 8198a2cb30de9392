import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { IssueResponse, SiteView } from '#protocol/api.ts'
import type { PrintAnswer } from '#protocol/printing.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { localised } from '#ui/i18n.ts'
import type { Hall } from './hall.ts'
import { IssuingScreen } from './IssuingScreen.tsx'
import { t } from './identity-words.ts'
import { Leaving } from './Leaving.tsx'
import type { MissedSteps } from './missed.ts'
import { PaperLine } from './PaperLine.tsx'
import { FollowSheet, Stub } from './TicketScreen.tsx'
import type { VisitSteps } from './visit.ts'
import { t as word } from './words.ts'

interface Props {
  mine: IssueResponse
  /** For what was chosen; else they only asked. */
  chosen: boolean
  site: SiteView
  hall: Hall
  api: Api
  steps: VisitSteps
  back: MissedSteps
  onDone: () => void
}

/**
 * The ticket there is already, instead of a second one: its place, its code, its paper once more, and how to get another. One that
 * does not wait is shown as whoever asks about it is shown it: called, held, or missed and back into the line. [TWICE4] [TWICE2]
 */
export function AlreadyScreen({ mine, chosen, site, hall, api, steps, back, onDone }: Props) {
  const { ticket, ahead, wait, trackUrl } = mine
  const waits = ticket.state === 'waiting'
  useEffect(() => {
    if (waits) return
    steps.finish()
    back.show(ticket)
  }, [waits])
  if (!waits) return <IssuingScreen words={word('missed-finding')} />
  const service = site.services.find(({ id }) => id === ticket.serviceId)
  return (
    <div class="issued issued--more" data-testid="already">
      <p class="issued-lead">{t('already-lead')}</p>
      <div class="issued-sheets">
        <Stub
          label={t(chosen ? 'already-chosen' : 'already-own')}
          number={ticket.number}
          ahead={ahead}
          wait={wait}
        >
          {service && <p class="stub-service">{localised(service.name)}</p>}
        </Stub>
        <FollowSheet trackUrl={trackUrl} />
      </div>
      <div class="issued-words">
        <p class="already-another">{t(trackUrl === null ? 'already-another' : 'already-another-phone')}</p>
        {hall.live.printer.value && <PrintAgain mine={mine} hall={hall} api={api} />}
      </div>
      <Leaving onDone={onDone} />
    </div>
  )
}

/** Its paper once more, from the printer beside this kiosk. */
function PrintAgain({ mine, hall, api }: { mine: IssueResponse; hall: Hall; api: Api }) {
  const print = useSignal<PrintAnswer | null>(null)
  const state = useSignal<'may' | 'busy' | 'refused'>('may')
  const ask = async (): Promise<void> => {
    if (state.value === 'busy') return
    state.value = 'busy'
    try {
      print.value = await api.printAgain(mine.ticket.id)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      state.value = 'refused'
    }
  }
  if (print.value) return <PaperLine issued={{ ...mine, print: print.value }} hall={hall} api={api} />
  if (state.value === 'refused') return <p role="status">{word('paper-refused')}</p>
  return (
    <Button icon="printer" busy={state.value === 'busy'} onClick={() => void ask()} data-testid="print-again">
      {word('paper-again')}
    </Button>
  )
}
