import { randomUUID } from 'node:crypto'
import { SCOPES, type Scope } from '#protocol/api-key.ts'
import { PEOPLE, type Who } from '#server/policy.ts'
import type { Client } from './client.ts'
import { SITE, type TestHall } from './hall.ts'

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

/** A program with a key that the administrator made. */
export async function programWith(
  hall: TestHall,
  scopes: readonly Scope[],
  days = 30,
): Promise<Client & { token: string; id: string }> {
  const administrator = await hall.signIn('admin')
  const wanted = { name: randomUUID(), scopes, days }
  const { status, body } = await administrator.post(`/sites/${SITE}/api-keys`, wanted)
  if (status !== 201) throw new Error(`no key: ${status}`)
  const { secret, apiKey } = body
  return Object.assign(hall.stranger().withToken(secret), {
    token: secret as string,
    id: apiKey.id as string,
  })
}

/** A program for each scope, with nothing but that. */
export async function programOfEachScope(
  hall: TestHall,
): Promise<Map<Who, Client & { token: string; id: string }>> {
  const programs = new Map<Who, Client & { token: string; id: string }>()
  for (const scope of SCOPES) programs.set(`api-key:${scope}`, await programWith(hall, [scope]))
  return programs
}
