/** What a call for help may be. The last two are final. */
export const HELP_STATES = ['ringing', 'escalated', 'coming', 'done', 'taken-back'] as const
export type HelpState = (typeof HELP_STATES)[number]

/** A resident at a kiosk has asked for somebody to come. It knows no person: neither who asked nor who goes. */
export interface HelpCall {
  id: string
  /** The kiosk's name, `K1`. */
  kiosk: string
  state: HelpState
  version: number
  /** ms */
  askedAt: number
  /** When the supervisor was told that nobody had answered, ms. */
  escalatedAt: number | null
  /** When somebody said that they are going, ms. */
  answeredAt: number | null
  /** The counter they go from; null: from none. */
  counterId: string | null
}

/** A call that nobody has answered for this long is escalated, ms. */
export const ESCALATE_AFTER = 10_000

export type HelpVerb = 'answer' | 'escalate' | 'finish' | 'take-back' | 'end-with-day'

/** What may become of a call: from which states each verb leads, and where to. [HELP2] */
export const HELP_TRANSITIONS: Readonly<Record<HelpVerb, { from: readonly HelpState[]; to: HelpState }>> = {
  answer: { from: ['ringing', 'escalated'], to: 'coming' },
  escalate: { from: ['ringing'], to: 'escalated' },
  finish: { from: ['coming'], to: 'done' },
  'take-back': { from: ['ringing', 'escalated', 'coming'], to: 'taken-back' },
  'end-with-day': { from: ['ringing', 'escalated', 'coming'], to: 'done' },
}

/** Whether the call is over. */
export function isOver({ state }: Pick<HelpCall, 'state'>): boolean {
  return state === 'done' || state === 'taken-back'
}

/** Whether nobody has answered yet. */
export function isRinging({ state }: Pick<HelpCall, 'state'>): boolean {
  return state === 'ringing' || state === 'escalated'
}
