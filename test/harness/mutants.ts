import { isDeepStrictEqual } from 'node:util'
import type { Database } from '#store/database.ts'
import { functionsText } from '#store/migrate.ts'

/** One change to store/functions/: a text that is there exactly so often, and what stands in its place. */
interface Edit {
  text: string
  instead: string
  times: number
}

/** A hall that is broken on purpose, to show that the tests would notice. */
export interface Mutant {
  name: string
  edits: Edit[]
  /** Statements that take away what else would stop the fault. */
  script: string
}

const DROP_INDEXES = 'drop index nuanhao.leg_one_per_ticket, nuanhao.leg_one_per_counter'

/** Call-next also takes a leg that is called already. */
export const DOUBLE_CALL: Mutant = {
  name: 'a planted double call',
  edits: [
    {
      text: "l.lane_id = cl.lane_id and l.state = 'waiting' and l.site_id",
      instead: "l.lane_id = cl.lane_id and l.state in ('waiting', 'called') and l.site_id",
      times: 1,
    },
    {
      text: 'where o.ticket_id = l.ticket_id and nuanhao.occupies(o)',
      instead: 'where o.ticket_id = l.ticket_id and false',
      times: 1,
    },
  ],
  script: DROP_INDEXES,
}

/** A commit does not ask whether what it was decided on still stands. */
export const NO_COMPARE_AND_SET: Mutant = {
  name: 'the compare-and-set removed',
  edits: [
    {
      text: "c.version is distinct from (ch -> 'pick' ->> 'counterVersion')::int",
      instead: 'false',
      times: 1,
    },
    {
      text: "or exists (select 1 from nuanhao.leg where counter_id = c.id and state in ('called', 'serving'))",
      instead: '',
      times: 1,
    },
    { text: "k.version is distinct from (i ->> 'version')::int", instead: 'false', times: 1 },
    {
      text: "if p -> 'stood' ? 'counterId' and not exists (",
      instead: 'if false and not exists (',
      times: 1,
    },
    { text: "if p -> 'stood' ? 'visit' and ", instead: 'if false and ', times: 1 },
    { text: "if p -> 'stood' ? 'inside' and ", instead: 'if false and ', times: 1 },
    { text: "and k.version = (item ->> 'version')::int", instead: '', times: 1 },
  ],
  script: DROP_INDEXES,
}

/**
 * Breaks a hall.
 *
 * @throws Error when an edit does not fit store/functions/ any more, or changed nothing in the database
 */
export async function breakWith(database: Database, { name, edits, script }: Mutant): Promise<void> {
  let text = functionsText()
  for (const edit of edits) {
    const parts = text.split(edit.text)
    if (parts.length !== edit.times + 1) {
      throw new Error(
        `${name}: store/functions/ has "${edit.text}" ${parts.length - 1} times, not ${edit.times}`,
      )
    }
    text = parts.join(edit.instead)
  }
  const before = await bodies(database)
  await database.script(`${text}; ${script}`)
  if (isDeepStrictEqual(await bodies(database), before))
    throw new Error(`${name}: the functions did not change`)
}

/** The functions as the database has them now. */
function bodies(database: Database): Promise<{ name: string; body: string }[]> {
  return database.query(
    `select p.proname as name, p.prosrc as body from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'nuanhao' order by p.proname`,
  )
}
