/** What a mask may stand for, or a word that is not shown. */
export const REVEALABLE = ['identity', 'contact', 'need'] as const
export type Revealable = (typeof REVEALABLE)[number]

/** What somebody at a counter needs to see it for. No words of their own: a purpose stays in the audit for good. [REVEAL3] */
export const PURPOSES = [
  'check-person',
  'fill-form',
  'look-up',
  'correct',
  'hand-over',
  'reach-person',
  'prepare',
] as const
export type Purpose = (typeof PURPOSES)[number]

/** What says to a supervisor that a visit is that of whoever asks for it: their ticket, their card, or written authority of whoever it is. [ERASE1] */
export const RECOGNISED_BY = ['own-ticket', 'own-card', 'authority'] as const
export type RecognisedBy = (typeof RECOGNISED_BY)[number]
