import { applyHall, currentHall } from '#setup/hall-apply.ts'
import type { HallSettings } from '#setup/hall-file.ts'
import type { CheckedPicture } from '#setup/pictures.ts'
import { setPassword } from '#store/accounts.ts'
import type { Database } from '#store/database.ts'
import { hashPassword } from '#store/password.ts'
import { awaitsSetup } from '#store/setup-code.ts'
import { readSite, siteIds } from '#store/sites.ts'

/** What a practice hall is made with. */
export interface Practice {
  /** As which hall it is made in an empty database. */
  hall: HallSettings
  /** Pictures of its notices. */
  pictures: readonly CheckedPicture[]
  /** Whether one that is there becomes this one: the operator named a file. */
  anew: boolean
  /** The accounts of its virtual people. */
  staff: (hall: HallSettings) => HallSettings['accounts']
  /** The password of all its accounts, from this start on. */
  password: string
}

/** The database is a real hall's; nothing was done in it. The message says what to do. */
export class RealHall extends Error {}

/**
 * A hall as one to practise in: marked, with the accounts of virtual people beside its own, and without the printers of the
 * real one. [PRACTICE3]
 */
export function practiceOf(hall: HallSettings, staff: Practice['staff']): HallSettings {
  const virtual = staff(hall)
  const own = hall.accounts.filter(({ username }) => !virtual.some((one) => one.username === username))
  return { site: { ...hall.site, practice: true, printers: [] }, accounts: [...own, ...virtual] }
}

/**
 * Makes the practice hall in an empty database, or opens the one that is there.
 *
 * @param now ms
 * @throws RealHall when there is a hall without the mark, or somebody who is about to set one up
 */
export async function makePractice(
  database: Database,
  { hall, pictures, anew, staff, password }: Practice,
  now: number,
): Promise<void> {
  const [siteId, ...others] = await siteIds(database)
  for (const id of [siteId, ...others]) {
    if (id === undefined ? !(await awaitsSetup(database)) : !(await readSite(database, id))?.practice) {
      throw new RealHall(
        `这里不是练习大厅，什么也没有改动。${id ?? 'It'} is a real hall: nothing was changed. Give the practice hall a folder ` +
          'of its own, for example: npm run demo -- --port 8100 --data practice',
      )
    }
  }
  const current = siteId === undefined || anew ? hall : ((await currentHall(database.query, siteId)) ?? hall)
  const wanted = practiceOf(current, staff)
  await applyHall(database, wanted, { now, actor: 'chore:practice', at: null, password, pictures })
  const passwordHash = await hashPassword(password)
  const rows = await database.query<{ id: string }>(
    'select id from nuanhao.account where site_id = $1 and username = any ($2)',
    [wanted.site.id, wanted.accounts.map(({ username }) => username)],
  )
  for (const { id } of rows) await setPassword(database, id, passwordHash)
}
