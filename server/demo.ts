import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Site } from '#domain/site.ts'
import { applyHall } from '#setup/hall-apply.ts'
import { checkHall, writeProblem } from '#setup/hall-check.ts'
import type { HallSettings } from '#setup/hall-file.ts'
import { setPassword } from '#store/accounts.ts'
import type { Database } from '#store/database.ts'
import { hashPassword, newPassword } from '#store/password.ts'
import { siteIds } from '#store/sites.ts'

const file = fileURLToPath(new URL('../demo/hall.yaml', import.meta.url))
const hall = readDemo()

/** All that the demo's file says. */
export const DEMO_HALL: HallSettings = hall

/** The demo hall: a sub-district government hall, open around the clock so that it is open whenever it is tried. */
export const DEMO_SITE: Omit<Site, 'revision'> = hall.site

function readDemo() {
  const checked = checkHall(readFileSync(file, 'utf8'))
  if (!checked.hall) throw new Error(checked.errors.map((problem) => writeProblem(file, problem)).join('\n'))
  return checked.hall
}

/**
 * Makes the demo hall in an empty database, as any hall is made from its file. [HALL8]
 *
 * @param wanted the password of all demo accounts; made up when null
 * @param now ms
 * @returns the password if it is new: it is shown once and kept only as a hash; null when the hall was there already
 */
export async function makeDemo(
  database: Database,
  wanted: string | null,
  now: number,
): Promise<string | null> {
  if ((await siteIds(database)).length > 0) {
    if (wanted !== null) await changePasswords(database, wanted)
    return wanted
  }
  const password = wanted ?? newPassword(10)
  await applyHall(database, hall, { now, actor: 'chore:demo', at: null, password })
  return password
}

/** A demo hall that was there already takes the password the environment asks for now. */
async function changePasswords(database: Database, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  const names = hall.accounts.map(({ username }) => username)
  const rows = await database.query<{ id: string }>(
    'select id from nuanhao.account where site_id = $1 and username = any ($2)',
    [DEMO_SITE.id, names],
  )
  for (const { id } of rows) await setPassword(database, id, passwordHash)
}
