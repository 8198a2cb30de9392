import type { Hints } from '#line/hints.ts'
import type { Database } from '#store/database.ts'
import { tokenHash } from '#store/tokens.ts'
import { type Credentials, identify, type Principal, SESSION_COOKIE, TICKET_COOKIE } from './principal.ts'

/** A principal is looked up again after this, ms, in case word of its revocation, change or move was lost. */
const KEPT = 2_000
/** A flood of made-up secrets must not fill the memory. */
const MOST = 5_000
/** For so long a secret that was somebody's is taken for no stranger's when it comes, ms. */
const LATELY = 3_600_000
/** Of so many it is known: more than a city's server has screens, people and phones in an hour. */
const MOST_LATELY = 50_000

/** Remembers for a moment who a secret belongs to: a busy screen asks many times a second. */
export class Identities {
  readonly #database: Database
  #known = new Map<string, { principal: Principal; until: number }>()
  /** When secrets were somebody's last, the longest ago first. */
  readonly #lately = new Map<string, number>()

  constructor(database: Database, hints: Hints) {
    this.#database = database
    // Another one, so that what is being looked up just now is not remembered as it was.
    const forget = () => {
      this.#known = new Map()
    }
    hints.onRevoked(forget)
    hints.onRecheck(forget)
    hints.onMoved(forget)
  }

  async of(credentials: Credentials, now: number): Promise<Principal> {
    const key = keyOf(credentials)
    const all = this.#known
    const known = all.get(key)
    if (known && known.until > now && known.until <= now + KEPT) return known.principal
    const principal = await identify(this.#database, credentials, now)
    this.#lately.delete(key)
    if (principal.kind !== 'stranger') this.#lately.set(key, now)
    if (this.#lately.size > MOST_LATELY) this.#lately.delete(this.#lately.keys().next().value ?? '')
    if (all.size >= MOST) all.clear()
    if (isRemembered(principal)) all.set(key, { principal, until: now + KEPT })
    return principal
  }

  /** Whether these secrets were somebody's within the hour; whose they are now is asked of `of`. */
  knewLately(credentials: Credentials, now: number): boolean {
    const at = this.#lately.get(keyOf(credentials))
    return at !== undefined && Math.abs(now - at) <= LATELY
  }
}

/** Of everything that is brought: one more secret, and it is another. */
function keyOf({ bearer, cookies }: Credentials): string {
  return tokenHash([bearer, cookies[SESSION_COOKIE], cookies[TICKET_COOKIE]].join(' '))
}

/** Not what counts at once and is said to nobody; such principals ask seldom. */
function isRemembered(principal: Principal): boolean {
  switch (principal.kind) {
    case 'stranger':
      return false
    // Whoever chooses a password may do more at once. [SIGNIN4]
    case 'staff':
      return !principal.initial
    default:
      return true
  }
}
