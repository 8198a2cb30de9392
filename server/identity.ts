import type { Hints } from '#line/hints.ts'
import type { Database } from '#store/database.ts'
import { tokenHash } from '#store/tokens.ts'
import { type Credentials, identify, type Principal, SESSION_COOKIE, TICKET_COOKIE } from './principal.ts'

/** A principal is looked up again after this, ms, in case word of its revocation was lost. */
const KEPT = 2_000
/** A flood of made-up secrets must not fill the memory. */
const MOST = 5_000

/** Remembers for a moment who a secret belongs to: a busy screen asks many times a second. */
export class Identities {
  readonly #database: Database
  readonly #known = new Map<string, { principal: Principal; until: number }>()

  constructor(database: Database, hints: Hints) {
    this.#database = database
    hints.onRevoked(() => this.#known.clear())
  }

  async of(credentials: Credentials, now: number): Promise<Principal> {
    const { bearer, cookies } = credentials
    const secrets = [bearer, cookies[SESSION_COOKIE], cookies[TICKET_COOKIE]]
    const key = tokenHash(secrets.join(' '))
    const known = this.#known.get(key)
    if (known && known.until > now && known.until <= now + KEPT) return known.principal
    const principal = await identify(this.#database, credentials, now)
    if (this.#known.size >= MOST) this.#known.clear()
    // Where a screen belongs may change on any server, and counts at once; such screens ask seldom. [PAIR8]
    const placed = principal.kind === 'pad' || principal.kind === 'display'
    if (principal.kind !== 'stranger' && !placed) this.#known.set(key, { principal, until: now + KEPT })
    return principal
  }
}
