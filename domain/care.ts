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

/** Who may say that a resident is cared for first: they themselves, staff, or a card they carry. */
export const CARE_SOURCES = ['declared', 'staff', 'card'] as const
export type CareSource = (typeof CARE_SOURCES)[number]

/**
 * A kind of card that grants care. Its number is looked at and never kept.
 * `disability-certificate`: 20 signs, an identity number, the kind (1–7) and the degree (1–4) of disability.
 * Otherwise `pattern`, a regular expression the whole number must match.
 */
export type CardRule =
  | { need: CareNeed; kind: 'disability-certificate' }
  | { need: CareNeed; pattern: string }
