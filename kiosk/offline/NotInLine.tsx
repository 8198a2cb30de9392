import '../offline.css'
import { useSignal } from '@preact/signals'
import { Button } from '#ui/components/Button.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import type { RefusedTicket } from './book.ts'
import type { OwnNumbers } from './own-numbers.ts'
import { t } from './words.ts'

/** A number that has waited for the server this long while it was there is said, ms. */
const LONG = 2 * 60_000

interface Props {
  own: OwnNumbers
  /** The server is there. */
  inTouch: boolean
  /** The hall's clock, ms. */
  clock: () => number
}

/** Numbers of this kiosk that are not in the line: nobody who holds one is forgotten. [OFFLINE5] */
export function NotInLine({ own, inTouch, clock }: Props) {
  const { refused, tickets } = own.book.value
  const waits = tickets
    .filter(({ request }) => clock() - request.at > LONG)
    .map(({ request }) => request.number)
  return (
    <>
      {refused.length > 0 && (
        <Refused
          key={refused.length}
          refused={refused}
          onSeen={() => own.seeTo(refused.map(({ number }) => number))}
        />
      )}
      {inTouch && waits.length > 0 && (
        <div data-testid="not-brought">
          <Notice tone="amber" title={t('waits-title', { numbers: waits.join(' ') })}>
            <p>{t('waits-lead')}</p>
          </Notice>
        </div>
      )}
    </>
  )
}

function Refused({ refused, onSeen }: { refused: readonly RefusedTicket[]; onSeen: () => Promise<void> }) {
  const sure = useSignal(false)
  return (
    <div class="not-in-line" data-testid="refused">
      <Notice tone="madder" title={t('refused-title')}>
        <ul>
          {refused.map(({ number, error, facts }) => (
            <li key={number}>
              <strong class="number">{number}</strong> {errorWords(error, facts)}
            </li>
          ))}
        </ul>
        <p>{t('refused-lead')}</p>
        <Button
          onClick={() => {
            if (sure.value) void onSeen()
            else sure.value = true
          }}
          data-testid="refused-seen"
        >
          {t(sure.value ? 'refused-sure' : 'refused-seen')}
        </Button>
      </Notice>
    </div>
  )
}
