import { businessDay } from '#domain/calendar.ts'
import { accountByName } from '#store/accounts.ts'
import type { Head } from '#store/audit-verify.ts'
import { usesOfKey } from '#store/data-keys.ts'
import type { Database } from '#store/database.ts'
import { hashPassword, newPassword } from '#store/password.ts'
import { givePassword } from '#store/sessions.ts'
import { forgetAttempts } from '#store/sign-in-attempts.ts'
import { fullServices, siteIds } from '#store/sites.ts'
import { InUse, inUse, type Version, versionsOf, withdrawVersion } from '#store/versions.ts'
import { verifyRows, writeHeads } from './audit.ts'
import { type Applied, applyHall, currentHall, hallOf, Refused } from './hall-apply.ts'
import { checkHall, writeProblem } from './hall-check.ts'
import { diffHall } from './hall-diff.ts'
import { exportHall } from './hall-export.ts'
import type { HallSettings } from './hall-file.ts'
import { momentOf, writeMoment } from './moment.ts'
import type { Pictures } from './pictures.ts'

/** What an operator asks of a hall, at a command line. `file` is the file's name, `text` its content. */
export type HallRequest =
  | { command: 'check' | 'diff'; file: string; text: string; pictures?: Pictures }
  | { command: 'apply'; file: string; text: string; pictures?: Pictures; at?: string; another?: boolean }
  | { command: 'export' | 'history'; site?: string }
  | { command: 'revert'; site?: string; revision?: number; at?: string }
  | { command: 'withdraw'; site?: string; version: number }
  | { command: 'password'; username: string }
  | { command: 'audit-verify'; heads: Head[] }
  | { command: 'audit-heads' }
  | { command: 'key-unused'; keyId: string }

export interface HallAnswer {
  /** 0: done. 1: a bad file, or refused; nothing has changed. 2: it cannot be told. */
  code: 0 | 1 | 2
  output: string
  /** What the screens and sessions must be told. */
  told: { siteId: string | null; revoked: string[]; changed: string[] } | null
}

/** Carries out what an operator asks; the same beside the database and through a running server. */
export async function runHallCommand(
  database: Database,
  request: HallRequest,
  now: number,
  actor: string,
): Promise<HallAnswer> {
  try {
    switch (request.command) {
      case 'check':
        return checkFile(request)
      case 'diff':
        return await diff(database, request)
      case 'apply':
        return await apply(database, request, now, actor)
      case 'export':
        return done(exportHall(await theHall(database, request.site)).trimEnd())
      case 'history':
        return done(...(await history(database, (await theHall(database, request.site)).site)))
      case 'revert':
        return await revert(database, request, now, actor)
      case 'withdraw':
        return await withdraw(database, request, now, actor)
      case 'password':
        return await password(database, request.username, now, actor)
      case 'audit-verify':
        return { ...(await verifyRows(database, request.heads, now)), told: null }
      case 'audit-heads':
        return { ...(await writeHeads(database, now)), told: null }
      case 'key-unused':
        return await keyUnused(database, request.keyId)
    }
  } catch (error) {
    if (error instanceof Refused || error instanceof InUse) return refused(...error.problems)
    throw error
  }
}

/** Checks a file; needs no hall. */
export function checkFile({ file, text, pictures }: OfFile): HallAnswer {
  const { errors, warnings } = checkHall(text, pictures)
  const lines = [
    ...errors.map((problem) => writeProblem(file, problem)),
    ...warnings.map((problem) => `${writeProblem(file, problem)} (warning)`),
  ]
  if (errors.length > 0) return { code: 1, output: lines.join('\n'), told: null }
  return done(...lines, `${file} is right`)
}

type OfFile = { file: string; text: string; pictures?: Pictures }

/** Refuses while anything is sealed with a key of the key file. [SEAL3] */
async function keyUnused(database: Database, keyId: string): Promise<HallAnswer> {
  // An empty database needs nothing; whoever asks there meant another one.
  if ((await siteIds(database)).length === 0) return refused('There is no hall in this database.')
  const uses = await usesOfKey(database, keyId)
  if (uses.length === 0) return done(`nothing is sealed with ${keyId}`)
  return refused(
    `${keyId} is still needed, by ${uses.map(({ what, rows }) => `${rows} × ${what}`).join(', ')}. The keys of records are wrapped ` +
      'anew within minutes of "rotate"; what has no key of its own goes within a week.',
  )
}

async function diff(database: Database, { file, text, pictures }: OfFile): Promise<HallAnswer> {
  const { hall } = checkHall(text, pictures)
  if (!hall) return checkFile({ file, text, ...(pictures && { pictures }) })
  const before = await currentHall(database.query, hall.site.id)
  const changes = diffHall(before, hall)
  if (changes.length === 0) return done('nothing would change')
  const obstacles = await inUse(database.query, hall.site.id, hall.site)
  return done(...changes, ...obstacles.map((problem) => `not now: ${problem}`))
}

async function apply(
  database: Database,
  { file, text, pictures, at, another }: OfFile & { at?: string; another?: boolean },
  now: number,
  actor: string,
): Promise<HallAnswer> {
  const { hall, warnings, pictures: kept } = checkHall(text, pictures)
  if (!hall) return checkFile({ file, text, ...(pictures && { pictures }) })
  const how = { now, actor, at: momentAsked(at, hall, now), pictures: kept, ...(another && { another }) }
  const applied = await applyHall(database, hall, how)
  const doubts = warnings.map((problem) => `${writeProblem(file, problem)} (warning)`)
  return answerOf(database, hall, applied, how, doubts)
}

async function revert(
  database: Database,
  { site, revision, at }: { site?: string; revision?: number; at?: string },
  now: number,
  actor: string,
): Promise<HallAnswer> {
  const { site: current } = await theHall(database, site)
  const past = (await versionsOf(database.query, current.id))
    .filter((version): version is Version & { revision: number } => version.revision !== null)
    .sort((a, b) => a.revision - b.revision)
  const wanted = revision === undefined ? past.at(-2) : past.find((version) => version.revision === revision)
  if (!wanted)
    throw new Refused(
      revision === undefined ? 'there is no earlier revision' : `there is no revision ${revision}`,
    )
  const hall = hallOf(wanted)
  const how = { now, actor, at: momentAsked(at, hall, now), revertsTo: wanted.revision }
  return answerOf(database, hall, await applyHall(database, hall, how), how, [])
}

async function answerOf(
  { query }: Database,
  { site }: HallSettings,
  { changes, took, planned, passwords }: Applied,
  { at, now }: { at: number | null; now: number },
  doubts: string[],
): Promise<HallAnswer> {
  const { id, timeZone } = site
  if (changes.length === 0) return done(...doubts, `${id} is so already: nothing was changed`)
  const versions = await versionsOf(query, id)
  const waiting = versions.filter((each) => isPlanned(each) && each.id !== planned)
  const lines = [
    ...doubts,
    ...changes,
    took
      ? `${id}: revision ${took.revision} is in force`
      : `${id}: planned for ${writeMoment(at ?? 0, timeZone)} as version ${planned}`,
    ...waiting.map(
      (each) =>
        `version ${each.id}, planned for ${writeMoment(each.effectiveAt, timeZone)}, will take the place of all of this; "withdraw ${each.id}" takes it back`,
    ),
    ...(took ? await givenOut({ query }, site, businessDay(now, timeZone)) : []),
    ...(await leftBehind({ query }, id)),
  ]
  if (passwords.size > 0) {
    lines.push('passwords of new accounts, shown this once:')
    for (const [username, made] of passwords) lines.push(`  ${username}  ${made}`)
  }
  return { ...done(...lines), told: took && { siteId: id, revoked: took.revoked, changed: took.changed } }
}

/** Services that have no number left today under the settings now in force. [QUOTA2] */
async function givenOut(
  database: Pick<Database, 'query'>,
  site: HallSettings['site'],
  day: string,
): Promise<string[]> {
  return (await fullServices(database, site, day)).map(
    ({ id, quota, issued }) =>
      `service ${id}: ${issued} numbers are out today, its quota is ${quota}: there is none left until tomorrow`,
  )
}

/** Counters that are still open for somebody who may not sign in any more. */
async function leftBehind({ query }: Pick<Database, 'query'>, siteId: string): Promise<string[]> {
  const rows = await query<{ number: string; username: string }>(
    `select c.number, a.username from nuanhao.counter c join nuanhao.account a on a.id = c.staff_id
      where c.site_id = $1 and not a.active order by c.number`,
    [siteId],
  )
  return rows.map(
    ({ number, username }) =>
      `counter ${number} is still open for ${username}, who may not sign in any more: a supervisor closes it or takes it over`,
  )
}

async function history({ query }: Database, { id, timeZone }: HallSettings['site']): Promise<string[]> {
  const versions = await versionsOf(query, id)
  const inForce = Math.max(0, ...versions.map(({ revision }) => revision ?? 0))
  const when = (at: number | null) => writeMoment(at ?? 0, timeZone)
  return versions.map((version) => {
    const {
      id: versionId,
      revision,
      inForceAt,
      effectiveAt,
      withdrawnAt,
      appliedBy,
      revertsTo,
      heldUp,
    } = version
    const again = revertsTo === null ? '' : `, the settings of revision ${revertsTo} again`
    if (revision !== null) {
      return `revision ${revision}: since ${when(inForceAt)}, by ${appliedBy}${again}${revision === inForce ? ', in force' : ''}`
    }
    if (withdrawnAt !== null)
      return `version ${versionId}: withdrawn ${when(withdrawnAt)}, by ${appliedBy}${again}`
    const late = heldUp === null ? '' : `; held up: ${heldUp}`
    return `version ${versionId}: planned for ${when(effectiveAt)}, by ${appliedBy}${again}${late}`
  })
}

async function withdraw(
  database: Database,
  { site, version }: { site?: string; version: number },
  now: number,
  actor: string,
): Promise<HallAnswer> {
  const { id } = (await theHall(database, site)).site
  const gone = await database.transaction((query) => withdrawVersion(query, id, version, now, actor))
  if (!gone) throw new Refused(`version ${version} is not planned; "revert" goes back from one in force`)
  return done(`version ${version} is withdrawn`)
}

async function password(
  database: Database,
  username: string,
  now: number,
  actor: string,
): Promise<HallAnswer> {
  const account = await accountByName(database, username)
  const made = newPassword()
  const given = account && {
    ...{ accountId: account.id, siteId: account.siteId },
    passwordHash: await hashPassword(made),
  }
  const whose = given && (await givePassword(database, given, now, { principal: actor }))
  if (!whose) throw new Refused(`there is no account ${username}`)
  await forgetAttempts(database.query, username)
  const output = `the new password of ${username}, shown this once, to be changed at the next sign-in:\n  ${made}`
  return { ...done(output), told: { siteId: given.siteId, revoked: whose.hashes, changed: [] } }
}

function isPlanned({ revision, withdrawnAt }: Version): boolean {
  return revision === null && withdrawnAt === null
}

/** The hall that is meant: the one named, or the only one. */
async function theHall(database: Database, site: string | undefined): Promise<HallSettings> {
  const sites = await siteIds(database)
  if (sites.length === 0) throw new Refused('there is no hall yet: apply a file first')
  if (site === undefined && sites.length > 1) throw new Refused(`say --site and which: ${sites.join(', ')}`)
  const hall = await currentHall(database.query, site ?? sites[0] ?? '')
  if (!hall) throw new Refused(`there is no hall ${site}, but ${sites.join(', ')}`)
  return hall
}

function momentAsked(at: string | undefined, { site }: HallSettings, now: number): number | null {
  if (at === undefined) return null
  const moment = momentOf(at, site.timeZone)
  if (moment === null)
    throw new Refused(`--at ${at} is no moment in ${site.timeZone}: write 2026-12-01 08:00`)
  if (moment <= now) throw new Refused(`--at ${at} has passed: leave it out for at once`)
  return moment
}

function done(...lines: string[]): HallAnswer {
  return { code: 0, output: lines.join('\n'), told: null }
}

function refused(...problems: string[]): HallAnswer {
  return {
    code: 1,
    output: ['refused; nothing was changed:', ...problems.map((each) => `  ${each}`)].join('\n'),
    told: null,
  }
}
