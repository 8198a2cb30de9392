import { isOpen } from '../calendar.ts'
import type { Change, NewTicket } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'

/** Issue: a resident takes a number for a service. Refuses `unknown-service`, `site-closed`, `clock-unconfirmed`. [ISSUE1] */
export function issue(
  { site, clockHeld }: Situation,
  wanted: { serviceId: string; care: boolean; legId: string; ticket: Omit<NewTicket, 'laneId'> },
  now: number,
): Change {
  const service = site.services.find(({ id }) => id === wanted.serviceId)
  if (!service) throw new Refusal('unknown-service')
  if (clockHeld) throw new Refusal('clock-unconfirmed')
  if (!isOpen(site.hours, now, site.timeZone)) throw new Refusal('site-closed')
  return {
    event: 'ticket:issued',
    ticket: { ...wanted.ticket, laneId: service.laneId },
    newLegs: [
      {
        id: wanted.legId,
        laneId: service.laneId,
        serviceId: service.id,
        credit: wanted.care ? site.careCredit : 0,
      },
    ],
  }
}
