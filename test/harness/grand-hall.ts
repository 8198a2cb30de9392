import type { CounterSetting, Site } from '#domain/site.ts'
import type { ServedLane } from '#domain/turn.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { SESSION_COOKIE } from '#server/principal.ts'
import { insertAccount } from '#store/accounts.ts'
import type { Database } from '#store/database.ts'
import { insertDevice } from '#store/devices.ts'
import { insertSession } from '#store/sessions.ts'
import { insertSite } from '#store/sites.ts'
import { newToken } from '#store/tokens.ts'

const MINUTE = 60_000

/** Eight counters: every rank, thresholds that care passes at once, that nobody passes, and none at all. */
const SERVED: ServedLane[][] = [
  [primary('household'), secondary('insurance', 15 * MINUTE)],
  [primary('household')],
  [primary('insurance')],
  [primary('insurance'), secondary('welfare', 15 * MINUTE)],
  [primary('welfare'), secondary('housing-law', null)],
  [primary('housing-law'), secondary('household', 60 * MINUTE)],
  [primary('household'), primary('welfare'), secondary('housing-law', 100)],
  [primary('insurance'), primary('housing-law'), secondary('household', null)],
]

function primary(laneId: string): ServedLane {
  return { laneId, rank: 'primary', threshold: null }
}

function secondary(laneId: string, threshold: number | null): ServedLane {
  return { laneId, rank: 'secondary', threshold }
}

const counters: CounterSetting[] = SERVED.map((lanes, index) => ({
  id: `g${index + 1}`,
  number: String(index + 1),
  name: { 'zh-CN': `${index + 1} 号窗口`, en: `Counter ${index + 1}` },
  lanes,
}))

/** A hall with more counters than the demo's; services, lanes and hours are the demo's. */
export const GRAND_SITE: Omit<Site, 'revision'> = { ...DEMO_SITE, id: 'grand', counters }

/** Who may speak to the hall, and with which secret. */
export interface GrandHall {
  siteId: string
  /** Tokens of kiosks. */
  kiosks: string[]
  /** For each counter the cookies of its clerk's sessions. */
  consoles: { counterId: string; cookies: string[] }[]
  /** Cookie of the supervisor. */
  supervisor: string
}

/** Makes the hall in a migrated database: so many kiosks, and so many consoles at each counter. */
export async function makeGrandHall(
  database: Database,
  { kiosks, consoles }: { kiosks: number; consoles: number },
  now: number,
): Promise<GrandHall> {
  const siteId = GRAND_SITE.id
  // Sessions are handed out below: nobody signs in, so no password fits.
  const account = { siteId, name: { 'zh-CN': '测试', en: 'Test' }, passwordHash: 'none' }
  const clerks = counters.map(({ id }) => ({
    ...account,
    id: `clerk-${id}`,
    username: `clerk-${id}`,
    counterId: id,
  }))
  await database.transaction(async (query) => {
    await insertSite(query, GRAND_SITE)
    for (const clerk of clerks) await insertAccount(query, { ...clerk, role: 'staff' })
    await insertAccount(query, {
      ...account,
      id: 'supervisor-g',
      username: 'supervisor-g',
      role: 'supervisor',
      counterId: null,
    })
  })
  const session = async (accountId: string) => {
    const token = newToken()
    await insertSession(database, { id: crypto.randomUUID(), token, accountId }, now)
    return `${SESSION_COOKIE}=${token}`
  }
  const hall: GrandHall = { siteId, kiosks: [], consoles: [], supervisor: await session('supervisor-g') }
  for (let kiosk = 0; kiosk < kiosks; kiosk++) {
    const token = newToken()
    await insertDevice(
      database,
      { id: crypto.randomUUID(), siteId, kind: 'kiosk', place: null },
      token,
      now,
      {
        principal: 'operator:test',
      },
    )
    hall.kiosks.push(token)
  }
  for (const { id, counterId } of clerks) {
    const cookies: string[] = []
    for (let console = 0; console < consoles; console++) cookies.push(await session(id))
    hall.consoles.push({ counterId, cookies })
  }
  return hall
}
