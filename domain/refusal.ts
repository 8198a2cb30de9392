/** Why a command is refused. Keys, not words: screens own the words. */
export type RefusalKey =
  | 'unknown-site'
  | 'unknown-service'
  | 'unknown-counter'
  | 'unknown-ticket'
  | 'site-closed'
  | 'clock-unconfirmed'
  | 'counter-closed'
  | 'counter-paused'
  | 'counter-busy'
  | 'counter-taken'
  | 'counter-not-yours'
  | 'not-at-counter'
  | 'not-waiting'
  | 'not-called'
  | 'not-serving'
  | 'not-missed'
  | 'not-held'
  | 'too-late-to-rejoin'
  | 'papers-elsewhere'
  | 'nothing-to-undo'
  | 'too-late-to-undo'
  | 'same-place'
  | 'ticket-busy'
  | 'already-in-visit'
  | 'too-many-matters'
  | 'unknown-skill'
  | 'unknown-material'
  | 'unknown-card'
  | 'wrong-identity'
  | 'care-not-granted'
  | 'quota-reached'
  | 'staff-away'
  | 'not-your-turn'
  | 'times-out-of-order'
  | 'not-today'
  | 'time-ahead'
  | 'already-recorded'
  | 'not-there-yet'
  | 'counter-taken-then'
  | 'ticket-elsewhere-then'
  | 'site-open'
  | 'nobody-inside'
  | 'unknown-lane'
  | 'unknown-staff'
  | 'still-time'
  | 'nobody-behind'
  | 'time-given'
  | 'not-completed'
  | 'unknown-tag'
  | 'too-late-to-rate'
  | 'already-rated'
  | 'already-suggested'
  | 'unknown-help'
  | 'help-answered'
  | 'help-over'
  | 'other-series'
  | 'number-taken'
  | 'day-over'
  | 'known-as'
  | 'wrong-state'
  | 'stale'

/** Thrown by a decision that says no. Nothing has changed when it is thrown. */
export class Refusal extends Error {
  readonly key: RefusalKey
  /** Facts a screen may put into its words; never anything private. */
  readonly facts: Record<string, string | number>

  constructor(key: RefusalKey, facts: Record<string, string | number> = {}) {
    super(key)
    this.name = 'Refusal'
    this.key = key
    this.facts = facts
  }
}
