import type { Logger } from 'pino'
import { businessDay } from '#domain/calendar.ts'
import type { Site } from '#domain/site.ts'
import type { Hall } from '#line/hall.ts'
import { toWebhookMessage, type WebhookMessage } from '#protocol/webhook.ts'
import { EVENTS_READ, readEvents } from '#store/events.ts'
import { readSite } from '#store/sites.ts'
import {
  type ClaimedWebhook,
  claimWebhook,
  dueWebhooks,
  noteSwitchedOff,
  noteTold,
  type Told,
} from '#store/webhooks.ts'
import type { Chore, Outward } from './chore.ts'
import { type Gateway, pauseAfter, Undelivered } from './gateway/gateway.ts'
import { TIMEOUT, Webhook } from './gateway/webhook.ts'

/** A worker has a webhook for itself this long after each word of it, ms: longer than one message can take. */
const CLAIM = 3 * TIMEOUT
/** It goes on with one webhook for about this long, ms; the next turn takes up the rest. */
const STAY = 10_000
/** Webhooks that one worker serves at a time. */
const AT_ONCE = 8
/** A webhook that has failed for this long is switched off, ms. */
const GIVE_UP = 5 * 86_400_000

/**
 * Tells programs outside what happened, each event in its order and at least once. [HOOK1] [HOOK3] What keeps its place is
 * committed after each message: whoever takes over after a crash tells the last one again, under the same id.
 */
export const deliverWebhooks: Chore<Hall & Outward> = {
  name: 'deliver-webhooks',
  every: 1_000,
  run: async (hall, logger) => {
    const due = await dueWebhooks(hall.database, hall.now())
    const serve = async () => {
      for (let id = due.shift(); id !== undefined; id = due.shift()) {
        const now = hall.now()
        const webhook = await claimWebhook(hall.database, id, hall.keys, now, now + CLAIM)
        if (webhook) await deliver(hall, logger, webhook)
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, due.length) }, serve))
    // A fault of ours at one webhook is said when the others have been served.
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  },
}

async function deliver(hall: Hall & Outward, logger: Logger, webhook: ClaimedWebhook): Promise<void> {
  const site = await readSite(hall.database, webhook.siteId)
  if (!site) return
  const gateway = new Webhook(webhook, hall.allowed)
  if (webhook.testAt !== null && !(await test(hall, gateway, webhook, site, webhook.testAt))) return
  const giveUpClaim = () => noteTold(hall.database, webhook, {}, 0)
  if (!webhook.active) return void (await giveUpClaim())
  const until = hall.now() + STAY
  for (;;) {
    const events = await readEvents(hall.database, site.id, webhook.sentSeq)
    for (const event of events) {
      if (hall.now() >= until) return void (await giveUpClaim())
      if (webhook.events && !webhook.events.includes(event.type)) continue
      const message = toWebhookMessage(site.id, event, (id) => counterNumber(site, id))
      try {
        await send(hall, gateway, `${site.id}.${event.seq}`, message)
      } catch (error) {
        return fail(hall, logger, webhook, error)
      }
      const now = hall.now()
      const told = { ...ARRIVED, sentSeq: event.seq, lastAt: now }
      // Else another worker took it for abandoned, and goes on from what is written down.
      if (!(await noteTold(hall.database, webhook, told, now + CLAIM))) return
    }
    const sentSeq = events.at(-1)?.seq ?? webhook.sentSeq
    const more = events.length === EVENTS_READ
    const kept = await noteTold(hall.database, webhook, { sentSeq }, more ? hall.now() + CLAIM : 0)
    if (!more || !kept) return
  }
}

const ARRIVED = {
  failures: 0,
  failingSince: null,
  nextAt: 0,
  lastError: null,
  lastStatus: null,
} satisfies Told

/** Sends the test that was asked for. Its failure is no failure of the webhook. @returns whether to go on with what happened */
async function test(
  hall: Hall,
  gateway: Gateway,
  webhook: ClaimedWebhook,
  site: Site,
  testAt: number,
): Promise<boolean> {
  const now = hall.now()
  const message: WebhookMessage = {
    type: 'webhook:test',
    siteId: site.id,
    seq: webhook.sentSeq,
    at: now,
    day: businessDay(now, site.timeZone),
    event: null,
    tickets: [],
  }
  const note = (told: Told, until: number) =>
    noteTold(hall.database, webhook, { ...told, testAt: null, lastAt: hall.now() }, until)
  try {
    await send(hall, gateway, `${site.id}.test.${testAt}`, message)
  } catch (error) {
    const { fault, status } = undelivered(error)
    await note({ lastError: fault, lastStatus: status }, 0)
    return false
  }
  return note(ARRIVED, hall.now() + CLAIM)
}

async function send(hall: Hall, gateway: Gateway, id: string, message: WebhookMessage): Promise<void> {
  await gateway.deliver({ id, at: hall.now(), body: JSON.stringify(message) })
}

/** The place is kept; it is tried again after a pause that grows, and switched off when there is no hope. [HOOK4] [HOOK5] */
async function fail(hall: Hall, logger: Logger, webhook: ClaimedWebhook, error: unknown): Promise<void> {
  const { fault, status } = undelivered(error)
  const now = hall.now()
  const failures = webhook.failures + 1
  const failingSince = webhook.failingSince ?? now
  const off = fault === 'gone' || now - failingSince >= GIVE_UP
  const told: Told = {
    failures,
    failingSince,
    active: !off,
    nextAt: now + pauseAfter(failures, Math.random()),
    lastAt: now,
    lastStatus: status,
    lastError: fault,
  }
  await hall.database.transaction(async (query) => {
    if ((await noteTold({ query }, webhook, told, 0)) && off)
      await noteSwitchedOff(query, webhook, fault, now)
  })
  const { id, siteId } = webhook
  logger.warn({ webhook: id, siteId, fault, status, failures, off }, 'a webhook was not told')
}

/** Anything but a message that did not arrive is a fault of ours. */
function undelivered(error: unknown): Undelivered {
  if (error instanceof Undelivered) return error
  throw error
}

function counterNumber({ counters }: Site, id: string): string | null {
  return counters.find((counter) => counter.id === id)?.number ?? null
}
