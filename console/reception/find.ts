import { presentLeg, type StaffBoard } from '#protocol/board.ts'
import type { Leg } from '../model.ts'

/** The leg of a ticket that a person would mean; null when the ticket is not in the hall any more. */
export function legOfTicket(board: StaffBoard, ticketId: string): Leg | null {
  const [first, ...rest] = Object.values(board.legs).filter((leg) => leg.ticketId === ticketId)
  return first ? presentLeg([first, ...rest]) : null
}

/** Who stands first while nothing is typed: whoever comes to the reception. */
const FIRST: readonly Leg['state'][] = ['missed', 'held', 'called', 'serving', 'waiting']

/**
 * The open tickets whose number fits what was typed, one leg for each. [DESK3] `12` means `A012` before `A112` and `A120`.
 * While nothing is typed all of them, who missed their call first, the last of these before the others.
 */
export function found(board: StaffBoard, typed: string): Leg[] {
  const ids = new Set(Object.values(board.legs).map(({ ticketId }) => ticketId))
  const legs = [...ids].flatMap((id) => legOfTicket(board, id) ?? [])
  const wanted = typed.toUpperCase().replaceAll(/\s/g, '')
  if (wanted === '') {
    const rank = ({ state }: Leg) => FIRST.indexOf(state)
    const late = ({ state, endedAt }: Leg) => (state === 'missed' ? -(endedAt ?? 0) : 0)
    return legs.toSorted((a, b) => rank(a) - rank(b) || late(a) - late(b) || byNumber(a, b))
  }
  return legs
    .filter(({ number }) => number.includes(wanted))
    .toSorted((a, b) => fitOf(a, wanted) - fitOf(b, wanted) || byNumber(a, b))
}

/** 0: just that number, with or without its leading zeros. 1: it is somewhere in it. */
function fitOf({ number }: Leg, wanted: string): number {
  const digits = /\d+$/.exec(number)?.[0]
  const series = number.slice(0, -(digits?.length ?? 0))
  const own = wanted.startsWith(series) ? wanted.slice(series.length) : wanted
  return /^\d+$/.test(own) && Number(own) === Number(digits) ? 0 : 1
}

function byNumber(a: Leg, b: Leg): number {
  return a.number.localeCompare(b.number, 'en', { numeric: true })
}
