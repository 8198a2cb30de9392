// The product, as it runs in a hall: the server (embedded: with its worker) in a process of its own.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { businessDay, dayStart } from '#domain/calendar.ts'
import { type Running, startServer } from '#server/start.ts'
import { readEnvironment } from '#settings/environment.ts'
import { createLogger } from '#settings/logger.ts'
import { insertAccount } from '#store/accounts.ts'
import { insertDevice } from '#store/devices.ts'
import { insertSession } from '#store/sessions.ts'
import { insertSite } from '#store/sites.ts'
import { waitingInLane } from '#store/tickets.ts'
import { newToken } from '#store/tokens.ts'
import { startWorker } from '#worker/start.ts'
import { benchSite, LANES } from './bench-site.ts'
import { monotonic } from './clock.ts'
import { type Meter, meterHall } from './meter.ts'
import { serve } from './remote.ts'

/** Where a process of the benchmark keeps what it writes. */
export interface Where {
  folder: string
  /** Absent: embedded. */
  databaseUrl?: string
  redisUrl?: string
}

/** A site with its counters open, and who may do what there. */
export interface BenchSite {
  id: string
  kiosk: string
  display: string
  counters: { id: string; cookie: string }[]
}

let running: Running
let meter: Meter
/** When each commit returned, by the number of its event. */
const commits = new Map<number, number>()

const methods = {
  start: async ({ folder, databaseUrl, redisUrl }: Where) => {
    const environment = readEnvironment(
      {
        PORT: '0',
        DATA_DIR: join(folder, 'data'),
        KEY_FILE: join(folder, 'key'),
        DEMO: '1',
        RATE_LIMITS: '0',
        DEMO_PASSWORD: randomUUID(),
        DATABASE_URL: databaseUrl,
        REDIS_URL: redisUrl,
      },
      null,
    )
    const logger = createLogger('warn')
    running = await startServer(environment, logger, { now: Date.now, startWorker })
    const { hall } = running.parts
    // In services mode the worker is a process of its own; here it would only be another program on the same cores.
    meter = meterHall(hall)
    const { hints } = hall
    const say = hints.say.bind(hints)
    hints.say = (hint) => {
      if (hint.event) commits.set(hint.event.seq, monotonic())
      say(hint)
    }
    return running.url
  },

  /** Makes a site where `waiting` tickets wait, spread over `lanes`. */
  makeSite: async ({ id, waiting, lanes = LANES }: { id: string; waiting: number; lanes?: string[] }) => {
    const { database } = running.parts.hall
    const site = benchSite(id)
    const counters: BenchSite['counters'] = []
    const now = Date.now()
    const staff = site.counters.map((counter) => ({ counter, accountId: randomUUID(), token: newToken() }))
    await database.transaction(async (query) => {
      await insertSite(query, site)
      for (const { counter, accountId } of staff) {
        await insertAccount(query, {
          id: accountId,
          siteId: id,
          username: `${id}-${counter.number}`,
          name: counter.name,
          role: 'staff',
          counterId: counter.id,
          passwordHash: 'none',
        })
        await query(`update nuanhao.counter set status = 'open', staff_id = $2 where id = $1`, [
          counter.id,
          accountId,
        ])
      }
    })
    for (const { counter, accountId, token } of staff) {
      await insertSession(database, { id: randomUUID(), token, accountId }, now)
      counters.push({ id: counter.id, cookie: `nuanhao_session=${token}` })
    }
    const device = async (kind: 'kiosk' | 'display') => {
      const token = newToken()
      await insertDevice(database, { id: randomUUID(), siteId: id, kind, place: null }, token, now, {
        principal: 'operator:bench',
      })
      return token
    }
    await seed(id, waiting, lanes, now)
    return {
      id,
      kiosk: await device('kiosk'),
      display: await device('display'),
      counters,
    } satisfies BenchSite
  },

  /** Removes a site, so that what an earlier round left behind is no burden to the next; all but its audit, which stays. */
  dropSite: async (id: string) => {
    const { database, line } = running.parts.hall
    await database.transaction(async (query) => {
      const legs = 'select id from nuanhao.leg where site_id = $1'
      const tickets = 'select id from nuanhao.ticket where site_id = $1'
      const accounts = 'select id from nuanhao.account where site_id = $1'
      const counters = 'select id from nuanhao.counter where site_id = $1'
      for (const statement of [
        ...['event', 'idempotency', 'lane_sequence', 'device'].map((table) => `${table} where site_id = $1`),
        `interval where leg_id in (${legs})`,
        `private_record where ticket_id in (${tickets})`,
        'leg where site_id = $1',
        'ticket where site_id = $1',
        `session where account_id in (${accounts})`,
        'account where site_id = $1',
        `counter_lane where counter_id in (${counters})`,
        'counter where site_id = $1',
        'site where id = $1',
      ]) {
        await query(`delete from nuanhao.${statement}`, [id])
      }
    })
    const { options, factory } = line.connection.lanes
    for (const lane of LANES) {
      const queue = new Queue(`${id}.${lane}`, { ...options, prefix: `{${id}}` }, factory)
      await queue.obliterate({ force: true })
    }
  },

  /** When the commit of event `seq` returned, on the monotonic clock; ms. */
  committedAt: async (seq: number) => commits.get(seq) ?? Number.NaN,

  /** Where the time of the requests since the last asking went, ms in all, by part. */
  spent: async () => meter.take(),

  stop: async () => running.stop(),
}

export type HallProcess = typeof methods

/** Tickets that have come before the measurement, one every 50 ms. */
async function seed(siteId: string, waiting: number, lanes: string[], now: number): Promise<void> {
  const { database, line } = running.parts.hall
  const site = benchSite(siteId)
  const day = businessDay(now, site.timeZone)
  await database.query('update nuanhao.site set day = $2, clock = $3, seq = $4, entry = $4 where id = $1', [
    siteId,
    day,
    now - 1,
    waiting,
  ])
  const perLane = Math.ceil(waiting / lanes.length)
  for (const [at, laneId] of lanes.entries()) {
    if (perLane === 0) continue
    const setting = site.lanes.find(({ id }) => id === laneId)
    const service = site.services.find((service) => service.laneId === laneId)
    if (!setting || !service) throw new Error(`no lane ${laneId}`)
    const values = [
      siteId,
      day,
      laneId,
      setting.letter,
      service.id,
      perLane,
      at,
      lanes.length,
      now - waiting * 50,
    ]
    await database.query(
      `with wanted as (
         select gen_random_uuid()::text as ticket, gen_random_uuid()::text as leg,
                $4 || lpad(k::text, 6, '0') as number, (k - 1) * $8::bigint + $7::bigint + 1 as n
           from generate_series(1, $6::int) k),
       tickets as (
         insert into nuanhao.ticket (id, site_id, day, number, lane_id, language, code_hash, issued_at)
         select ticket, $1, $2, number, $3, 'zh-CN', md5(ticket), $9::bigint + n * 50 from wanted returning id),
       legs as (
         insert into nuanhao.leg (id, ticket_id, site_id, number, language, lane_id, service_id, state, version,
                                  arrived_at, credit, v, n, stint)
         select leg, ticket, $1, number, 'zh-CN', $3, $5, 'waiting', 1, $9::bigint + n * 50, 0, $9::bigint + n * 50, n, 1
           from wanted join tickets on tickets.id = ticket returning id, n, arrived_at)
       insert into nuanhao.interval (leg_id, seq, state, from_at, actor)
       select id, n, 'waiting', arrived_at, 'bench' from legs`,
      values,
    )
    await database.query(
      'insert into nuanhao.lane_sequence (site_id, lane_id, day, last) values ($1, $2, $3, $4)',
      [siteId, laneId, day, perLane],
    )
    const stints = await waitingInLane(database, siteId, laneId)
    const start = dayStart(day, site.timeZone)
    for (let from = 0; from < stints.length; from += 1_000) {
      await line.lane(siteId, laneId).add(stints.slice(from, from + 1_000), start)
    }
  }
}

serve(methods)
