import { businessDay, dayStart } from '#domain/calendar.ts'
import type { Change } from '#domain/change.ts'
import type { Leg } from '#domain/leg.ts'
import { Refusal } from '#domain/refusal.ts'
import type { Site, Situation } from '#domain/site.ts'
import { linePriority, queueName } from '#domain/turn.ts'
import { type About, type Author, type Committed, Conflict, commit, readSituation } from '#store/commit.ts'
import { knownSite } from '#store/sites.ts'
import type { Hall } from './hall.ts'
import { jobId, type Proposal } from './lane-queue.ts'

/** Decides on what was read. Pure; throws a Refusal to say no. `now` in ms. */
export type Decide = (situation: Situation, now: number) => Change

/** A commit loses a race only to a commit that won, so this many tries end; more would mean a fault. */
const TRIES = 20

/**
 * Carries out a command: read, decide, commit in one round trip, and only then keep the line in step and tell the
 * screens. When this returns it happened; when it throws nothing changed.
 *
 * @throws Refusal, KeyReused
 */
export async function execute(
  hall: Hall,
  about: About,
  author: Author,
  decide: Decide,
): Promise<{ committed: Committed; site: Site }> {
  const foreseen =
    'siteId' in about && !('inside' in about || 'kiosk' in about || 'mark' in about)
      ? await executeUnread(hall, about.siteId, author, decide)
      : null
  if (foreseen) return foreseen
  return decided(hall, async () => {
    const { situation, replay } = await readSituation(hall.database, about, author)
    if (replay) return { committed: replay, site: situation.site }
    return decideAndCommit(hall, situation, author, decide)
  })
}

/**
 * A command on the site alone (issue) needs only its settings, and this process has read those before: the commit finds
 * out under the lock whether they still stand. Saves the busiest command a round trip.
 *
 * @returns null when it must be read after all: settings unknown or changed, or the decision was no
 */
async function executeUnread(hall: Hall, siteId: string, author: Author, decide: Decide) {
  const site = knownSite(hall.database, siteId)
  if (!site) return null
  const nothing = {
    counter: null,
    atCounter: null,
    leg: null,
    others: [],
    inside: [],
    own: null,
    help: null,
    colleague: null,
    offer: null,
    past: null,
    last: null,
  }
  const situation = { site, clock: 0, clockHeld: false, ...nothing }
  try {
    return await decideAndCommit(hall, situation, author, decide)
  } catch (error) {
    // A no may be a retry of what was a yes at the time: only a read can tell.
    if (error instanceof Conflict || error instanceof Refusal) return null
    throw error
  }
}

async function decideAndCommit(hall: Hall, situation: Situation, author: Author, decide: Decide) {
  const { site } = situation
  const now = Math.max(hall.now(), situation.clock)
  const day = businessDay(now, site.timeZone)
  const committed = await commit(hall.database, site, decide(situation, now), author, now, day, situation)
  hall.hints.say({ siteId: site.id, event: committed.event })
  await follow(hall, site, committed)
  return { committed, site }
}

/** Keeps the line in step with what was committed: stints that left it, then stints that entered it. */
async function follow(hall: Hall, site: Site, { event, left, entered }: Committed): Promise<void> {
  if (!event) return
  const start = dayStart(event.day, site.timeZone)
  for (const leg of left) await hall.line.remove(site.id, queueName(leg), jobId(leg))
  for (const leg of entered) await hall.line.add(site.id, queueName(leg), leg, start)
}

/**
 * Call-next: the line proposes its head, the commit confirms under the lock that it is the smallest turn this counter
 * may serve, and otherwise takes the true one. [CALL1] [CALL2]
 *
 * @throws Refusal, KeyReused
 */
export async function executeCall(
  hall: Hall,
  siteId: string,
  counterId: string,
  author: Author,
  decide: Decide,
): Promise<{ committed: Committed; site: Site }> {
  const { committed, site, settle } = await hall.turnstile.through(siteId, () =>
    decided(hall, () => attemptCall(hall, counterId, author, decide)),
  )
  // The call has happened; the line is put in order behind it, and nobody waits for that.
  hall.line.later(settle())
  return { committed, site }
}

async function attemptCall(hall: Hall, counterId: string, author: Author, decide: Decide) {
  const { situation, likely, replay } = await readSituation(hall.database, { counterId }, author, hall.now())
  const { site } = situation
  if (replay) return { committed: replay, site, settle: async () => undefined }
  const now = Math.max(hall.now(), situation.clock)
  const { pick, ...change } = decide(situation, now)
  const queue = likely && queueName(likely)
  const proposal = queue ? await hall.line.propose(site.id, queue) : null
  const { whole } = hall.line
  try {
    const proposed = {
      ...change,
      ...(pick && { pick: { ...pick, ...(proposal && { proposed: proposal.legId }) } }),
    }
    const day = businessDay(now, site.timeZone)
    const committed = await commit(hall.database, site, proposed, author, now, day, situation)
    hall.hints.say({ siteId: site.id, event: committed.event })
    const settle = () => keepInStep(hall, site, queue, proposal, committed, whole)
    return { committed, site, settle }
  } catch (error) {
    if (proposal && queue) await hall.line.settle(site.id, queue, proposal, true)
    throw error
  }
}

/** After a call the line must hold neither the called stint nor a proposal nobody settled. */
async function keepInStep(
  hall: Hall,
  site: Site,
  queue: string | null,
  proposal: Proposal | null,
  committed: Committed,
  whole: boolean,
): Promise<void> {
  const { left, leg, proposed, replayed } = committed
  if (replayed) {
    // Another server has made the call: `proposed` is what the line gave that one.
    if (proposal && queue) await hall.line.settle(site.id, queue, proposal, proposal.legId !== leg?.id)
    return
  }
  const [called] = left
  if (proposal && queue) await hall.line.settle(site.id, queue, proposal, proposed?.waits ?? false)
  if (called ? jobId(called) === proposal?.job.id : !proposal) return
  if (called) await takeOut(hall, site, called, committed)
  const cause = divergence(site, proposal, committed)
  // What the line did not hear while it was away is no divergence.
  if (whole && cause) hall.metrics.divergences.inc({ cause })
}

/** The line learns of a commit within this, ms; what it did not know yet is no fault of it. */
const LEARNS_WITHIN = 1_000

/** Whoever was called the moment they came may not be in the line yet: they are taken out once more when they must be. [LINE9] */
async function takeOut(hall: Hall, site: Site, called: Leg, { at, enteredAt }: Committed): Promise<void> {
  const out = () => hall.line.remove(site.id, queueName(called), jobId(called))
  await out()
  if (enteredAt != null && at - enteredAt > LEARNS_WITHIN) return
  setTimeout(() => void out(), LEARNS_WITHIN).unref()
}

/**
 * Why the line proposed another leg than the true head, if it should have known better. [LINE3] It may not have heard yet of
 * who has just come or was just called by another server; and legs of one decisecond are to it the same place.
 */
function divergence(
  site: Site,
  proposal: Proposal | null,
  { leg, proposed, enteredAt, at, event }: Committed,
): 'missing' | 'not-first' | 'not-waiting' | null {
  const known = (since: number | null | undefined) => since != null && at - since > LEARNS_WITHIN
  if (proposal && !proposed?.waits) return known(proposed?.calledAt) ? 'not-waiting' : null
  if (!leg || !event || !known(enteredAt)) return null
  if (!proposal) return 'missing'
  return linePriority(leg.v, dayStart(event.day, site.timeZone)) < proposal.priority ? 'not-first' : null
}

async function decided<T>(hall: Hall, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Conflict) || tries === TRIES) throw error
      hall.metrics.conflicts.inc()
    }
  }
}
