/** The states a leg can be in. The first five are open, the rest are final. */
export const LEG_STATES = [
  'waiting',
  'called',
  'serving',
  'held',
  'missed',
  'completed',
  'transferred',
  'cancelled',
  'expired',
] as const
export type LegState = (typeof LEG_STATES)[number]

/** States in which a leg still belongs to the hall's day. */
export const OPEN_STATES = ['waiting', 'called', 'serving', 'held', 'missed'] as const satisfies LegState[]

/** States in which a counter is taken by the leg. */
export const AT_COUNTER = ['called', 'serving'] as const satisfies LegState[]

export type Verb =
  | 'issue'
  | 'call'
  | 'recall'
  | 'start'
  | 'complete'
  | 'more-time'
  | 'let-first'
  | 'no-show'
  | 'rejoin'
  | 'hold'
  | 'resume'
  | 'put-back'
  | 'transfer'
  | 'cancel'
  | 'record'
  | 'expire'
  | 'renumber'

/**
 * What may become of a leg: for each verb the states it may be said in and the states it may lead to.
 * `from: []` means the verb makes the leg. This table is the whole truth: nothing else changes a state,
 * except `undo`, which restores what an earlier row of this table replaced.
 */
export const TRANSITIONS: Record<Verb, { from: readonly LegState[]; to: readonly LegState[] }> = {
  issue: { from: [], to: ['waiting'] },
  call: { from: ['waiting'], to: ['called'] },
  recall: { from: ['called'], to: ['called'] },
  'more-time': { from: ['called'], to: ['called'] },
  'let-first': { from: ['waiting'], to: ['waiting'] },
  start: { from: ['called'], to: ['serving'] },
  complete: { from: ['called', 'serving'], to: ['completed'] },
  'no-show': { from: ['called'], to: ['missed'] },
  rejoin: { from: ['missed'], to: ['waiting'] },
  hold: { from: ['called', 'serving'], to: ['held'] },
  resume: { from: ['held'], to: ['waiting', 'called'] },
  'put-back': { from: ['called', 'serving'], to: ['waiting'] },
  transfer: { from: ['waiting', 'called', 'serving'], to: ['transferred'] },
  cancel: { from: ['waiting', 'held', 'missed'], to: ['cancelled'] },
  record: { from: ['waiting', 'held', 'missed'], to: ['completed', 'missed'] },
  expire: { from: OPEN_STATES, to: ['expired'] },
  // Whoever was called by a number that nobody had was not called.
  renumber: { from: ['waiting', 'called', 'missed'], to: ['waiting'] },
}

/** Whether `verb` may be said of a leg in state `from`. */
export function allows(verb: Verb, from: LegState): boolean {
  return TRANSITIONS[verb].from.includes(from)
}

/** Whether a leg in this state is done with for good. */
export function isFinal(state: LegState): boolean {
  return !(OPEN_STATES as readonly LegState[]).includes(state)
}
