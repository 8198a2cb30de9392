import type { Database } from '#store/database.ts'
import type { Hints } from './hints.ts'
import type { Line } from './line.ts'
import type { LineMetrics } from './metrics.ts'
import type { Turnstile } from './turnstile.ts'

/** What a command is carried out with. */
export interface Hall {
  database: Database
  line: Line
  hints: Hints
  turnstile: Turnstile
  metrics: LineMetrics
  /** The machine's clock, ms. */
  now: () => number
}
