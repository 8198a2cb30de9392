import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { IssueResponse } from '#protocol/api.ts'
import type { PrintAnswer } from '#protocol/printing.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { carryOut } from '#ui/paper/carry-out.ts'
import { PaperSlip } from '#ui/paper/PaperSlip.tsx'
import type { Hall } from './hall.ts'
import { paperState } from './paper.ts'
import { t } from './words.ts'

/** What becomes of the paper of a number, and another one for whom the first has failed or been lost. */
export function PaperLine({ issued, hall, api }: { issued: IssueResponse; hall: Hall; api: Api }) {
  const { ticket, print } = issued
  const latest = useSignal<PrintAnswer | null>(print)
  const again = useSignal<'may' | 'busy' | 'asked' | 'refused'>('may')
  useEffect(() => {
    if (latest.value) void carryOut(latest.value, api)
  }, [latest.value])
  const state = paperState(print, ticket.id, hall.live.printer.value, hall.live.paper.value)
  if (state === 'none') return null

  const ask = async (): Promise<void> => {
    if (again.value !== 'may') return
    again.value = 'busy'
    try {
      latest.value = await api.printAgain(ticket.id)
      again.value = 'asked'
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      again.value = 'refused'
    }
  }
  return (
    <div class="paper-line" role="status" data-testid="paper" data-state={state}>
      <Icon name="printer" />
      <span>{t(again.value === 'refused' ? 'paper-refused' : `paper-${state}`)}</span>
      {(state === 'printed' || state === 'handed-over') && again.value !== 'refused' && (
        <Button
          tone="quiet"
          busy={again.value === 'busy'}
          disabled={again.value === 'asked'}
          onClick={ask}
          data-testid="print-again"
        >
          {t(again.value === 'asked' ? 'paper-again-asked' : 'paper-again')}
        </Button>
      )}
      {latest.value?.how === 'browser' && latest.value.slip && <PaperSlip slip={latest.value.slip} />}
    </div>
  )
}
