import { businessDay } from '../calendar.ts'
import type { Change, EventType } from '../change.ts'
import { ESCALATE_AFTER, HELP_TRANSITIONS, type HelpCall, type HelpVerb, isOver } from '../help.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { type Actor, operated } from './actor.ts'

const EVENT: Record<HelpVerb, EventType> = {
  answer: 'help:answered',
  escalate: 'help:escalated',
  finish: 'help:done',
  'take-back': 'help:taken-back',
  'end-with-day': 'help:done',
}

/** Somebody at a kiosk asks for help. While a call of this kiosk is open it is that one, and nothing changes. [HELP1] */
export function askHelp(kiosk: string): Change {
  return { event: 'help:asked', askHelp: { kiosk } }
}

/**
 * A member of staff is going. `counterId`: from the counter they sit at; they must be the one who operates it, whether it is
 * open, paused or closed. Refuses `help-answered` with the counter of whoever was faster, `help-over`. [HELP3]
 */
export function answerHelp(situation: Situation, actor: Actor, counterId: string | null): Change {
  const { help, site } = situation
  if (help?.state === 'coming') {
    const counter = site.counters.find(({ id }) => id === help.counterId)?.number
    throw new Refusal('help-answered', counter === undefined ? {} : { counter })
  }
  if (counterId !== null) operated(situation, actor)
  return changed(openCall(situation, 'answer'), 'answer', { counterId })
}

/** Nobody has answered in time: the supervisor is told. Refuses `wrong-state` when that is not so. [HELP4] */
export function escalateHelp(situation: Situation, now: number): Change {
  const call = openCall(situation, 'escalate')
  if (now - call.askedAt < ESCALATE_AFTER) throw new Refusal('wrong-state', { state: call.state })
  return changed(call, 'escalate')
}

/** Whoever went has helped. */
export function finishHelp(situation: Situation): Change {
  return changed(openCall(situation, 'finish'), 'finish')
}

/** The resident does not need anybody after all. Another kiosk's call is as unknown as one that does not exist. */
export function takeBackHelp(situation: Situation, kiosk: string): Change {
  if (situation.help?.kiosk !== kiosk) throw new Refusal('unknown-help')
  return changed(openCall(situation, 'take-back'), 'take-back')
}

/** A call that was never ended ends with its business day. Refuses `wrong-state` while the day lasts. [HELP6] */
export function endHelpWithDay(situation: Situation, now: number): Change {
  const call = openCall(situation, 'end-with-day')
  const { timeZone } = situation.site
  if (businessDay(call.askedAt, timeZone) >= businessDay(now, timeZone)) {
    throw new Refusal('wrong-state', { state: call.state })
  }
  return { ...changed(call, 'end-with-day'), reason: 'day-over' }
}

function openCall({ help }: Situation, verb: HelpVerb): HelpCall {
  if (!help) throw new Refusal('unknown-help')
  if (isOver(help)) throw new Refusal('help-over')
  if (!HELP_TRANSITIONS[verb].from.includes(help.state)) {
    throw new Refusal('wrong-state', { state: help.state })
  }
  return help
}

function changed(
  { id, version }: HelpCall,
  verb: HelpVerb,
  more: { counterId?: string | null } = {},
): Change {
  return { event: EVENT[verb], help: { id, version, state: HELP_TRANSITIONS[verb].to, ...more } }
}
