import { randomBytes } from 'node:crypto'
import { openPostgres } from '#store/postgres.ts'
import { admitProgram } from '#store/program-role.ts'

/**
 * Makes a login for the program of the hall in this database, which is up to date.
 *
 * @returns its address of the database
 */
export async function programUrl(ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl)
  // Logins are the whole server's, and test files share it.
  url.username = `program_${randomBytes(6).toString('hex')}`
  const owner = await openPostgres(ownerUrl, () => undefined)
  try {
    await owner.transaction((query) => admitProgram(query, { role: url.username, password: '' }))
  } finally {
    await owner.close()
  }
  return url.href
}
