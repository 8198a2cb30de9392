import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Hall } from '#line/hall.ts'
import type { Environment } from '#settings/environment.ts'
import type { Keys } from '#settings/key-file.ts'
import type { Identities } from './identity.ts'
import type { Limits } from './limits.ts'
import type { Refusals } from './refusals.ts'

/** What the server is made of; handlers get it whole. */
export interface Parts {
  hall: Hall
  environment: Environment
  keys: Keys
  logger: Logger
  registry: Registry
  identities: Identities
  limits: Limits
  refusals: Refusals
  /** Whether this is a demo hall: it enrols its own screens. */
  demo: boolean
  /** Where phones reach this server; null when they cannot. */
  publicUrl: string | null
}
