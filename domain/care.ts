/** Why a resident is cared for first. Private: kept encrypted, read only by the serving counter. */
export const CARE_NEEDS = ['pregnant', 'disabled', 'lives-alone', 'infant', 'other'] as const
export type CareNeed = (typeof CARE_NEEDS)[number]

/** What staff should prepare. Says nothing of a reason; staff-only. */
export const ACCOMMODATIONS = [
  'sign-language',
  'written',
  'wheelchair-counter',
  'companion',
  'with-child',
] as const
export type Accommodation = (typeof ACCOMMODATIONS)[number]
