import type { PreparationResponse, RevealRequest, RevealResponse } from '#protocol/api.ts'

type What = RevealRequest['what']
export type Purpose = RevealRequest['purpose']

/** What each is looked at for, the likeliest first. */
export const PURPOSES_OF: Record<What, readonly Purpose[]> = {
  identity: ['check-person', 'fill-form', 'look-up', 'correct', 'hand-over'],
  contact: ['reach-person', 'fill-form', 'look-up', 'correct', 'hand-over'],
  need: ['prepare', 'check-person', 'fill-form'],
}

/** One masked thing of the resident at the counter. */
export interface Line {
  what: What
  /** null: not even masked. */
  mask: string | null
}

/** What there is to reveal, masked. */
export function linesOf({ identity, contact, need }: PreparationResponse): readonly Line[] {
  const lines: Line[] = []
  if (identity) lines.push({ what: 'identity', mask: together(identity.name, identity.number) })
  if (contact) lines.push({ what: 'contact', mask: together(contact.name, contact.phone) })
  if (need) lines.push({ what: 'need', mask: null })
  return lines
}

/** What was revealed, as the line shows it; the need is a key that has words. */
export function wholeOf({ name, number, phone }: RevealResponse): string {
  return together(name, number, phone)
}

function together(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' ')
}
