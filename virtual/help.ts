import { type HelpCall, isOver } from '#domain/help.ts'

/** How virtual staff see to calls for help; durations in ms. */
export interface Helpfulness {
  /** From the ring, or from the word to the supervisor, until somebody answers: long enough for a person who practises. */
  looksUp: number
  /** From the answer until the resident has been helped. */
  helps: number
}

export function helpfulnessAt(speed: number): Helpfulness {
  return { looksUp: 8_000 / speed, helps: 40_000 / speed }
}

export type HelpDeed = { do: 'answer'; from: string | null } | { do: 'done' }

/**
 * What becomes of a call for help next, and when; null: nothing by a virtual person. The first clerk who is free goes; where all
 * are busy nobody does, until the virtual supervisor is told. What a person answered is theirs. [HELP13]
 *
 * @param free counters at which a virtual clerk sits with nobody, in the order of the hall
 * @param ours a virtual person has answered it
 */
export function nextHelp(
  call: HelpCall,
  free: readonly string[],
  ours: boolean,
  { looksUp, helps }: Helpfulness,
): { at: number; deed: HelpDeed } | null {
  if (isOver(call)) return null
  if (call.answeredAt !== null) return ours ? { at: call.answeredAt + helps, deed: { do: 'done' } } : null
  const [from] = free
  if (from !== undefined) return { at: call.askedAt + looksUp, deed: { do: 'answer', from } }
  if (call.escalatedAt === null) return null
  return { at: call.escalatedAt + looksUp, deed: { do: 'answer', from: null } }
}
