import { SITE_DEFAULTS } from '#domain/site.ts'
import { accountSettings, takenNames } from '#store/accounts.ts'
import type { Database, Query } from '#store/database.ts'
import { hashPassword, newPassword } from '#store/password.ts'
import { keepPicture, missingPictures } from '#store/pictures.ts'
import { counterOwners, readSite, siteIds } from '#store/sites.ts'
import {
  beginSite,
  insertVersion,
  noteVersion,
  type TookEffect,
  takeEffect,
  type Version,
} from '#store/versions.ts'
import { diffHall } from './hall-diff.ts'
import type { HallSettings } from './hall-file.ts'
import type { CheckedPicture } from './pictures.ts'

/** A right file that cannot be applied; each problem is a sentence for the operator. Nothing has changed. */
export class Refused extends Error {
  readonly problems: string[]

  constructor(...problems: string[]) {
    super(problems.join('; '))
    this.name = 'Refused'
    this.problems = problems
  }
}

/** Who applies, when, and how. Times in ms. */
export interface Applying {
  now: number
  /** `operator:NAME`, `chore:NAME` */
  actor: string
  /** When it is to take effect; null: at once. */
  at: number | null
  /** A hall besides those there are. */
  another?: boolean
  /** The revision whose settings these are again. */
  revertsTo?: number
  /** Pictures of its notices. */
  pictures?: readonly CheckedPicture[]
  /** The password of every new account; without it each gets one of its own. */
  password?: string
}

/** What became of a file. */
export interface Applied {
  /** The change in words; empty: the hall is so already, and nothing was done. */
  changes: string[]
  /** null while it is only planned, or when there was nothing to do. */
  took: TookEffect | null
  /** The planned version's id. */
  planned: number | null
  /** Made-up passwords of new accounts, to be shown once. */
  passwords: Map<string, string>
}

/** A hall as it stands, as its file would say it; null if there is none of that id. */
export async function currentHall(query: Query, siteId: string): Promise<HallSettings | null> {
  const site = await readSite({ query }, siteId)
  if (!site) return null
  const { revision: _, ...settings } = site
  return { site: settings, accounts: await accountSettings(query, siteId) }
}

/** A version as the hall it makes. Settings that came later than it have their defaults. */
export function hallOf({ siteId, settings, accounts }: Version): HallSettings {
  return { site: { ...SITE_DEFAULTS, ...settings, id: siteId }, accounts }
}

/**
 * Makes a hall what its file says, at once or at its moment: all or nothing. [HALL4] [HALL5]
 *
 * @throws Refused, InUse
 */
export async function applyHall(database: Database, hall: HallSettings, how: Applying): Promise<Applied> {
  const { id: siteId, ...settings } = hall.site
  const nothing = { changes: [], took: null, planned: null, passwords: new Map<string, string>() }
  if (diffHall(await currentHall(database.query, siteId), hall).length === 0) return nothing
  const { accounts, passwords } = await withNewPasswords(database, hall, how.password)
  return database.transaction(async (query) => {
    await query('select id from nuanhao.site where id = $1 for update', [siteId])
    const before = await currentHall(query, siteId)
    const changes = diffHall(before, hall)
    if (before) refuseOtherMark(before, hall)
    if (!before) await refuseUnmeant(query, siteId, how)
    await refuseForeign(query, hall)
    await keepPictures(query, hall, how.pictures ?? [])
    if (!before) await beginSite(query, siteId)
    const versionId = await insertVersion(query, {
      siteId,
      settings,
      accounts,
      effectiveAt: how.at ?? how.now,
      appliedAt: how.now,
      appliedBy: how.actor,
      revertsTo: how.revertsTo ?? null,
    })
    if (how.at !== null) {
      await noteVersion(query, siteId, 'settings:planned', versionId, how.now, how.actor)
      return { changes, took: null, planned: versionId, passwords }
    }
    return { changes, took: await takeEffect(query, versionId, how.now, how.actor), planned: null, passwords }
  })
}

/** Before the settings that name them, in the same transaction. [PICTURE1] */
async function keepPictures(query: Query, { site }: HallSettings, pictures: readonly CheckedPicture[]) {
  for (const { id, type, data } of pictures) await keepPicture(query, id, { type, data })
  const missing = await missingPictures(
    query,
    site.notices.flatMap(({ picture }) => picture ?? []),
  )
  if (missing.length > 0) {
    throw new Refused(
      ...missing.map(
        (id) => `there is no picture kept:${id} here: put its file beside the hall's and name that`,
      ),
    )
  }
}

/** Those who cannot sign in yet get a password; only its hash is kept. */
async function withNewPasswords(database: Database, { accounts }: HallSettings, given: string | undefined) {
  const names = accounts.map(({ username }) => username)
  const taken = await takenNames(database.query, names)
  const passwords = new Map<string, string>()
  // One hash for all who share a password: a hash is made slow on purpose.
  const shared = given === undefined ? null : await hashPassword(given)
  const made = []
  for (const account of accounts) {
    if (taken.has(account.username)) made.push(account)
    else {
      const password = given ?? newPassword()
      passwords.set(account.username, password)
      const passwordHash = shared ?? (await hashPassword(password))
      made.push({ ...account, id: crypto.randomUUID(), passwordHash, initial: given === undefined })
    }
  }
  return { accounts: made, passwords }
}

/** Ids of counters and names of people are those of one hall only. */
async function refuseForeign(query: Query, { site, accounts }: HallSettings): Promise<void> {
  const counters = await counterOwners(
    query,
    site.counters.map(({ id }) => id),
  )
  const names = await takenNames(
    query,
    accounts.map(({ username }) => username),
  )
  const foreign = (what: string, owners: Map<string, string | null>) =>
    [...owners]
      .filter(([, owner]) => owner !== null && owner !== site.id)
      .map(([id, owner]) => `${what} ${id} is one of the hall ${owner}: choose another`)
  const problems = [...foreign('counter', counters), ...foreign('account', names)]
  if (problems.length > 0) throw new Refused(...problems)
}

/** What was practised never becomes part of a real hall's days, nor the other way round. [PRACTICE2] */
function refuseOtherMark({ site: was }: HallSettings, { site: is }: HallSettings): void {
  if (was.practice === is.practice) return
  throw new Refused(
    `${is.id} was made as a ${was.practice ? 'practice' : 'real'} hall and stays one: give the other a folder or database of its own`,
  )
}

/** A slip in the id of a hall must not make another one. */
async function refuseUnmeant(query: Query, siteId: string, { at, another }: Applying): Promise<void> {
  const others = await siteIds({ query })
  if (others.length > 0 && !another) {
    throw new Refused(`there is no hall ${siteId} here, but ${others.join(', ')}: say --new to make one more`)
  }
  if (at !== null) throw new Refused('a new hall begins at once: leave --at out')
}
