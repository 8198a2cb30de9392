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
    if (isRemembered(principal)) this.#known.set(key, { principal, until: now + KEPT })
    return principal
  }
}

/** Not what may change on any server and counts at once; such principals ask seldom. */
function isRemembered(principal: Principal): boolean {
  switch (principal.kind) {
    case 'stranger':
      return false
    // Where it belongs. [PAIR8]
    case 'pad':
    case 'display':
      return false
    // Whoever chooses a password may do more at once. [SIGNIN4]
    case 'staff':
      return !principal.initial
    default:
      return true
  }
}
