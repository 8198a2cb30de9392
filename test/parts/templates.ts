import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectEmbedded } from '#line/connection.ts'
import { DEMO_HALL } from '#server/demo.ts'
import { applyHall } from '#setup/hall-apply.ts'
import type { Database } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { hashPassword } from '#store/password.ts'
import { openPostgres } from '#store/postgres.ts'
import { createDatabase } from './postgres.ts'

/** The password of everybody in the demo hall of the templates. */
export const PASSWORD = 'a-password-for-tests'

/** Databases with the schema in them, one of them with the demo hall: copied, they save each hall its first start. */
export interface Templates {
  empty: string
  demo: string
}

/**
 * Makes the data folders; `remove` deletes them.
 *
 * @param zone IANA zone of the demo hall; without it, its own
 */
export async function makeFolders(zone?: string): Promise<{ folders: Templates; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'nuanhao-template-'))
  const folders = { empty: join(root, 'empty'), demo: join(root, 'demo') }
  const empty = await openEmbedded(folders.empty)
  await migrate(empty)
  await (await connectEmbedded(empty)).close()
  await empty.close()
  cpSync(folders.empty, folders.demo, { recursive: true })
  const demo = await openEmbedded(folders.demo)
  await fillDemo(demo, zone)
  await demo.close()
  return { folders, remove: () => rm(root, { recursive: true, force: true }) }
}

/** Their passwords cost nothing to look at: tests sign in all day, and what a real one costs is tested where that is meant. */
async function fillDemo(database: Database, timeZone = DEMO_HALL.site.timeZone): Promise<void> {
  const hall = { ...DEMO_HALL, site: { ...DEMO_HALL.site, timeZone } }
  await applyHall(database, hall, { now: Date.now(), actor: 'chore:demo', at: null, password: PASSWORD })
  await database.query('update nuanhao.account set password_hash = $1', [await hashPassword(PASSWORD, 1)])
}

/**
 * Makes the databases on that PostgreSQL server, and gives their names for createDatabase().
 *
 * @param zone IANA zone of the demo hall; without it, its own
 */
export async function makeDatabases(serverUrl: string, zone?: string): Promise<Templates> {
  const named = async (fill: (database: Database) => Promise<unknown>) => {
    const { url } = await createDatabase(serverUrl)
    const database = await openPostgres(url, () => undefined)
    await migrate(database)
    await fill(database)
    // PostgreSQL copies only what nobody is connected to.
    await database.close()
    return new URL(url).pathname.slice(1)
  }
  return {
    empty: await named(async () => undefined),
    demo: await named((database) => fillDemo(database, zone)),
  }
}
