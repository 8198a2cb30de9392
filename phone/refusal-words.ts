import type { ErrorKey } from '#protocol/errors.ts'
import { t } from './words.ts'

/** What a resident can meet with their own ticket: the page knows only these, and is light on a phone's data for it. */
const WORDS = {
  unavailable: 'error-unavailable',
  'too-many': 'error-too-many',
  'wrong-state': 'error-changed',
  stale: 'error-changed',
  'not-missed': 'error-changed',
  'not-waiting': 'error-changed',
  'ticket-busy': 'error-changed',
} as const satisfies Partial<Record<ErrorKey, string>>

/** What happened and what to do next; of anything else, that staff can help. [PHONE7] */
export function refusalWords(error: ErrorKey): string {
  return t(error in WORDS ? WORDS[error as keyof typeof WORDS] : 'error-other')
}
