import { PEOPLE, type Who } from '#server/policy.ts'
import type { TestHall } from './hall.ts'

/** Who signs in as what. */
const USERNAMES: Partial<Record<Who, string>> = {
  ...{ staff: 'counter2', supervisor: 'supervisor', administrator: 'admin' },
  ...{ volunteer: 'the-volunteer', director: 'the-director', auditor: 'the-auditor' },
}

/** Makes those whom the demo does not have; says by which name anybody of a role signs in. */
export async function somebodyOfEachRole(hall: TestHall): Promise<(role: Who) => string> {
  for (const role of ['volunteer', 'director', 'auditor']) {
    await hall.running.parts.hall.database.query(
      `insert into nuanhao.account (id, site_id, username, name, role, counter_id, skills, password_hash)
       select $1, site_id, $1, name, $2, null, skills, password_hash from nuanhao.account where username = 'counter1'
       on conflict do nothing`,
      [`the-${role}`, role],
    )
  }
  return (role) => {
    const username = USERNAMES[role]
    if (!PEOPLE.includes(role) || username === undefined) throw new Error(`nobody signs in as ${role}`)
    return username
  }
}
