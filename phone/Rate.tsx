import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { TicketView } from '#protocol/board.ts'
import type { Api } from '#ui/api.ts'
import { localised } from '#ui/i18n.ts'
import type { LiveTicket } from '#ui/live.ts'
import { createOwnRating } from '#ui/rating/own-rating.ts'
import { RatingForm } from '#ui/rating/RatingForm.tsx'
import { t } from '#ui/rating/words.ts'

interface Props {
  ticket: TicketView
  live: Pick<LiveTicket, 'clock'>
  api: Pick<Api, 'rate'>
}

/** The matter that was done last, to be rated for its minute. [PHONE17] */
export function Rate({ ticket, live, api }: Props) {
  if (!ticket.toRate) return null
  const { ticketId, toRate } = ticket
  return <Matter key={toRate.legId} {...{ ticketId, toRate, live, api }} />
}

type Matter = Omit<Props, 'ticket'> & { ticketId: string; toRate: NonNullable<TicketView['toRate']> }

function Matter({ ticketId, toRate, live, api }: Matter) {
  const own = useMemo(
    () => createOwnRating((rating) => api.rate(ticketId, rating, { leg: toRate.legId })),
    [api, ticketId, toRate.legId],
  )
  const until = own.rated.value.until ?? toRate.until
  const over = useSignal(until <= live.clock())
  const done = useSignal(false)

  useEffect(() => {
    const left = until - live.clock()
    over.value = left <= 0
    if (left <= 0) return
    const timer = setTimeout(() => {
      over.value = true
    }, left)
    return () => clearTimeout(timer)
  }, [until, live, over])

  if (over.value && own.rated.value.until === null) return null
  if (over.value || done.value) {
    return (
      <p class="rating-thanks" role="status" data-testid="rating-thanks">
        {t('all-thanks')}
      </p>
    )
  }
  return (
    <RatingForm
      own={own}
      service={localised(toRate.serviceName)}
      onDone={() => {
        done.value = true
      }}
    />
  )
}
