import { userInfo } from 'node:os'
import { readEnvironment } from '#settings/environment.ts'
import type { Database } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { FolderInUse } from '#store/lock-file.ts'
import { migrate } from '#store/migrate.ts'
import { openPostgres } from '#store/postgres.ts'
import { type HallAnswer, type HallRequest, runHallCommand } from './commands.ts'
import { askServer } from './control.ts'

/** Thrown when an operator can mend it; the message says how. */
export class Usage extends Error {}

/** Carries out what a command line asks: through the server that holds the folder, or beside the database itself. Throws Usage. */
export async function operate(request: HallRequest): Promise<HallAnswer> {
  const environment = readEnvironment(process.env)
  const actor = `operator:${userInfo().username}`
  const { DATABASE_URL, DATA_DIR } = environment
  if (DATABASE_URL !== undefined) {
    const database = await openPostgres(DATABASE_URL, () => undefined)
    return within(database, request, actor)
  }
  const answered = await askServer(DATA_DIR, { request, actor })
  if (answered) return answered
  try {
    return await within(await openEmbedded(DATA_DIR), request, actor)
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error
    throw new Usage(
      `${DATA_DIR} is held by a program that does not listen for this: it is starting or stopping, or another ` +
        'command is at work. Try again in a moment.',
    )
  }
}

async function within(database: Database, request: HallRequest, actor: string): Promise<HallAnswer> {
  try {
    await migrate(database)
    return await runHallCommand(database, request, Date.now(), actor)
  } finally {
    await database.close()
  }
}
