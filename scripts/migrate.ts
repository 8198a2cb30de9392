// `npm run migrate`: brings the database of services mode up to date as its owner, and lets the program's own login in.
import { EnvironmentError, readEnvironment } from '#settings/environment.ts'
import { migrate, WrongSchema } from '#store/migrate.ts'
import { openPostgres } from '#store/postgres.ts'
import { admitProgram, UnfitRole } from '#store/program-role.ts'

const USAGE = `Brings the database up to date as its owner, so that servers and workers need not be that:

  npm run migrate

  DATABASE_URL is the owner's. PROGRAM_DATABASE_URL is what servers and workers have as their DATABASE_URL: its login is made
  with the password that stands there, or let in as it is where there is one of that name. To be run before each start of a
  new version, and after a hall was brought back. Ends with 0 when done, 1 otherwise.`

class Usage extends Error {}

try {
  process.stdout.write(`${await bringUpToDate()}\n`)
} catch (error) {
  const known = [Usage, EnvironmentError, WrongSchema, UnfitRole].some((kind) => error instanceof kind)
  process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? error)}\n`)
  process.exitCode = 1
}

async function bringUpToDate(): Promise<string> {
  const { DATABASE_URL, PROGRAM_DATABASE_URL } = readEnvironment(process.env)
  if (process.argv.length > 2 || !DATABASE_URL || !PROGRAM_DATABASE_URL) throw new Usage(USAGE)
  const url = new URL(PROGRAM_DATABASE_URL)
  const [role, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  if (role === '')
    throw new Usage('PROGRAM_DATABASE_URL: names no login; postgres://login:password@host:5432/name')
  const database = await openPostgres(DATABASE_URL, () => undefined)
  try {
    await migrate(database)
    await database.transaction((query) => admitProgram(query, { role, password }))
  } finally {
    await database.close()
  }
  return `The database is up to date, and ${role} may do there what the program does.`
}
