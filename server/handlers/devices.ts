import type { Site } from '#domain/site.ts'
import type { DeviceResponse, PairingResponse, PairingView, Place } from '#protocol/device.ts'
import {
  type Device,
  fitsKind,
  insertDevice,
  moveDevice,
  NameTaken,
  revokeDevice,
  revokedByToken,
} from '#store/devices.ts'
import { approvePairing, beginPairing, DoesNotFit, PAIRING_LIFE, pairingByCode } from '#store/pairings.ts'
import { readSite, siteIds } from '#store/sites.ts'
import { newToken, pairingCode } from '#store/tokens.ts'
import { screensOf } from '../health.ts'
import type { Parts } from '../parts.ts'
import { may } from '../policy.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

interface Wish {
  kind: Device['kind']
  siteId?: string
  place?: Place
  was?: string
}

type OfSite = Asked<{ site: string }>

/**
 * POST /devices: a screen asks to be let in. 201: it is, because a supervisor asks or the hall is a demo. 202: it is to be approved by
 * its code. [PAIR1] [PAIR4]
 */
export async function enrolDevice(asked: Asked<unknown, unknown, Wish>, parts: Parts): Promise<Answer> {
  const { body, principal } = asked
  const was = body.was === undefined ? null : await revokedByToken(parts.hall.database, body.was)
  const lets = may(principal, 'manage-devices') || (parts.demo && was === null && body.kind !== 'pad')
  // A pad acts for people: whoever lets it in says at which counter. [PAD1]
  const placed = body.kind !== 'pad' || body.place?.counter !== undefined
  if (lets && placed) return enrolAtOnce(asked, parts)
  return pair(asked, was?.id ?? null, parts)
}

async function enrolAtOnce(
  { body, principal, author }: Asked<unknown, unknown, Wish>,
  parts: Parts,
): Promise<Answer> {
  const { hall } = parts
  const sites = await siteIds(hall.database)
  const siteId = body.siteId ?? principal.siteId ?? sites[0]
  if (siteId === undefined || !sites.includes(siteId)) throw new Fault('unknown-site')
  if (principal.kind === 'staff' && principal.siteId !== siteId) throw new Fault('forbidden')
  const { kind, place = null } = body
  const site = await readSite(hall.database, siteId)
  if (!site) throw new Fault('unknown-site')
  if (place) checkPlace(site, kind, place)
  const token = newToken()
  const id = crypto.randomUUID()
  const device = await insertDevice(hall.database, { id, siteId, kind, place }, token, hall.now(), author)
  return { status: 201, body: { ...device, token } satisfies DeviceResponse }
}

async function pair(
  { body, author, address }: Asked<unknown, unknown, Wish>,
  was: string | null,
  { hall, keys, limits }: Parts,
): Promise<Answer> {
  await limits.pairs(address)
  const pairing = { kind: body.kind, origin: author.origin ?? '', was }
  const [code, secret] = [pairingCode(), newToken()]
  const begun = await beginPairing(hall.database, pairing, { code, secret, codes: keys.codes }, hall.now())
  if (!begun) throw new Fault('too-many', { seconds: PAIRING_LIFE / 1_000 })
  const answer: PairingResponse = { code, secret, seconds: PAIRING_LIFE / 1_000, revoked: was !== null }
  return { status: 202, body: answer }
}

/** POST /sites/:site/pairings: the screen behind a code, before it is approved. [PAIR2] */
export async function lookAtPairing(
  { params, body, principal, author }: Asked<{ site: string }, unknown, { code: string }>,
  parts: Parts,
): Promise<Answer> {
  const { hall, keys } = parts
  const { id } = await ownSite(principal, params.site, parts)
  const shown = { code: body.code, codes: keys.codes }
  const found = await guessedFor(id, author, parts, () => pairingByCode(hall.database, id, shown, hall.now()))
  return { status: 200, body: found satisfies PairingView }
}

/** POST /sites/:site/devices: the screen behind a code is one of the hall's from now on. [PAIR2] */
export async function approveDevice(
  asked: Asked<{ site: string }, unknown, { code: string; name?: string; place?: Place }>,
  parts: Parts,
): Promise<Answer> {
  const { params, body, principal, author } = asked
  const { hall, keys } = parts
  const site = await ownSite(principal, params.site, parts)
  const { place = {}, name } = body
  checkPlace(site, null, place)
  const shown = { code: body.code, codes: keys.codes }
  const given = { id: crypto.randomUUID(), place, ...(name !== undefined && { name }) }
  const device = await guessedFor(site.id, author, parts, () =>
    approvePairing(hall.database, site.id, shown, given, hall.now(), author).catch((error) => {
      if (error instanceof NameTaken) throw new Fault('name-taken')
      throw error instanceof DoesNotFit
        ? new Fault('malformed', { at: 'name', problem: error.message })
        : error
    }),
  )
  const answer = (await screensOf(site, parts)).find(({ id }) => id === device.id)
  if (!answer) throw new Fault('unknown-device')
  return { status: 201, body: { device: answer } }
}

/** Refuses a place that the hall has not, or that is not for a screen of this kind; null: of whichever kind it is. */
function checkPlace(site: Site, kind: Device['kind'] | null, place: Place): void {
  const counterId = place.counter ?? place.rate
  if (counterId !== undefined && !site.counters.some(({ id }) => id === counterId)) {
    throw new Fault('unknown-counter')
  }
  if (place.zone !== undefined && !site.display.zones.some(({ id }) => id === place.zone)) {
    throw new Fault('malformed', { at: 'place.zone', problem: 'unknown' })
  }
  if (kind !== null && !fitsKind(kind, place)) throw new Fault('malformed', { at: 'place', problem: kind })
}

/** POST /sites/:site/devices/:device/place: it belongs there from now on. [PAIR8] */
export async function placeDevice(
  { params, body, principal, author }: Asked<{ site: string; device: string }, unknown, { place: Place }>,
  parts: Parts,
): Promise<Answer> {
  const { hall } = parts
  const site = await ownSite(principal, params.site, parts)
  const screen = (await screensOf(site, parts)).find(({ id }) => id === params.device)
  if (!screen) throw new Fault('unknown-device')
  const { place } = body
  checkPlace(site, screen.kind, place)
  // It may have been switched off meanwhile.
  if (!(await moveDevice(hall.database, site.id, screen.id, place, hall.now(), author)))
    throw new Fault('unknown-device')
  hall.hints.move(screen.id)
  return { status: 200, body: { device: { ...screen, place } } }
}

/** Finds something by a code; a wrong one is counted for the site, too, and written down. [PAIR3] */
async function guessedFor<T>(
  siteId: string,
  by: Asked['author'],
  { limits, refusals }: Parts,
  find: () => Promise<T | null>,
): Promise<T> {
  await limits.mayGuessFor(siteId)
  const found = await find()
  if (found !== null) return found
  await limits.guessedFor(siteId)
  await refusals.note({ siteId, by, action: 'device:enrolled', key: 'unknown-pairing' })
  throw new Fault('unknown-pairing')
}

/** GET /sites/:site/devices */
export async function listDevices({ params, principal }: OfSite, parts: Parts): Promise<Answer> {
  const site = await ownSite(principal, params.site, parts)
  return { status: 200, body: { items: await screensOf(site, parts) } }
}

/** DELETE /sites/:site/devices/:device: cut at once, everywhere. [PAIR7] */
export async function removeDevice(
  { params, principal, author }: Asked<{ site: string; device: string }>,
  parts: Parts,
): Promise<Answer> {
  const { hall } = parts
  const { id } = await ownSite(principal, params.site, parts)
  const hashes = await revokeDevice(hall.database, id, params.device, hall.now(), author)
  if (!hashes) throw new Fault('unknown-device')
  for (const hash of hashes) hall.hints.revoke(hash)
  return { status: 204 }
}
