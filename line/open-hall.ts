import type { Registry } from 'prom-client'
import type { Environment } from '#settings/environment.ts'
import type { Database } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { openPostgres } from '#store/postgres.ts'
import { connectEmbedded, connectRedis, type LineConnection } from './connection.ts'
import type { Hall } from './hall.ts'
import { type Hints, localHints, redisHints } from './hints.ts'
import { Line } from './line.ts'
import { lineMetrics } from './metrics.ts'
import { reconcile } from './reconcile.ts'
import { Turnstile } from './turnstile.ts'
import { watchLine } from './watch.ts'

interface Opened {
  database: Database
  connection: LineConnection
  hints: Hints
}

/**
 * Opens the database and the line in the mode the environment says, and brings the schema up to date.
 *
 * @param onError told of faults that heal by themselves: lost connections, a line that is away
 */
export async function openHall(
  environment: Environment,
  registry: Registry,
  now: () => number,
  onError: (error: Error) => void,
): Promise<Hall & { close(): Promise<void> }> {
  const { database, connection, hints } = await open(environment, onError)
  const metrics = lineMetrics(registry)
  const line = new Line(connection, {
    onError,
    // What Redis holds after an absence may be old or gone.
    onBack: () => {
      metrics.away.set(0)
      return reconcile(hall, true)
    },
    onAway: () => metrics.away.set(1),
  })
  const hall: Hall = { database, line, hints, turnstile: new Turnstile(), metrics, now }
  watchLine(hall, registry)
  return {
    ...hall,
    close: async () => {
      await line.close()
      await hints.close()
      await database.close()
    },
  }
}

async function open(environment: Environment, onError: (error: Error) => void): Promise<Opened> {
  const { DATABASE_URL, REDIS_URL } = environment
  if (DATABASE_URL !== undefined && REDIS_URL !== undefined) {
    const database = await openPostgres(DATABASE_URL, onError)
    await migrate(database)
    return { database, connection: connectRedis(REDIS_URL, onError), hints: redisHints(REDIS_URL, onError) }
  }
  const database = await openEmbedded(environment.DATA_DIR)
  await migrate(database)
  return { database, connection: await connectEmbedded(database), hints: localHints() }
}
