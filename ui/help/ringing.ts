import { type HelpCall, isRinging } from '#domain/help.ts'
import type { StaffBoard } from '#protocol/board.ts'

/** How a strip rings: not at all, or more urgently once nobody has answered in time. */
export type Urgency = 'ringing' | 'escalated' | null

const FIRST: readonly HelpCall['state'][] = ['escalated', 'ringing', 'coming']

/** Open calls for help as they are listed: escalated ones first, then those that ring, then those somebody goes to; each the oldest first. [HELP10] */
export function helpRows(help: StaffBoard['help']): HelpCall[] {
  const rank = ({ state }: HelpCall) => FIRST.indexOf(state)
  return Object.values(help).sort((a, b) => rank(a) - rank(b) || a.askedAt - b.askedAt)
}

export function urgencyOf([first]: readonly HelpCall[]): Urgency {
  return first?.state === 'escalated' || first?.state === 'ringing' ? first.state : null
}

/**
 * The call that the key answers; null when none rings, and while whoever presses it is on the way to another: so a second
 * press answers no other. [HELP11]
 *
 * @param going ids of the calls that were answered here
 */
export function answeredByKey(rows: readonly HelpCall[], going: ReadonlySet<string>): HelpCall | null {
  const [first] = rows
  const away = rows.some(({ id, state }) => state === 'coming' && going.has(id))
  return first && isRinging(first) && !away ? first : null
}
