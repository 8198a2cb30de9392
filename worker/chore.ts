import type { Logger } from 'pino'
import type { Hall } from '#line/hall.ts'
import type { AuditKeeping } from '#settings/audit-keeping.ts'
import type { Keys } from '#settings/key-file.ts'
import type { AllowedHost } from '#settings/reach.ts'

/** What a chore needs besides the hall to speak to the world outside. */
export interface Outward {
  keys: Keys
  /** Hosts that webhooks may reach although their address is not public. */
  allowed: readonly AllowedHost[]
  audit: AuditKeeping
}

/** A background job. It may run twice, or on two workers at once, and must come to the same. */
export interface Chore<H extends Hall = Hall> {
  name: string
  /** How often, ms. */
  every: number
  run(hall: H, logger: Logger): Promise<void>
}

/** A chore as the registry has it: it may use all that a worker has. */
export type AnyChore = Chore<Hall & Outward>
