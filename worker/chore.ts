import type { Logger } from 'pino'
import type { Hall } from '#line/hall.ts'

/** A background job. It may run twice, or on two workers at once, and must come to the same. */
export interface Chore {
  name: string
  /** How often, ms. */
  every: number
  run(hall: Hall, logger: Logger): Promise<void>
}
