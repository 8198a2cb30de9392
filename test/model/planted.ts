import type { Hall } from '#line/hall.ts'
import { breakWith, DOUBLE_CALL, type Mutant } from '#test/harness/mutants.ts'
import type { Ground } from './parts.ts'

/** A fault put into a hall on purpose: the walks must find it. */
export interface Planted {
  name: string
  plant(ground: Ground): Promise<void>
  /** What the walk finds, if it finds the fault itself and not another. */
  found: RegExp
}

const edited = (name: string, text: string, instead: string): Mutant => ({
  name,
  edits: [{ text, instead, times: 1 }],
  script: 'select 1',
})

const inSql = (mutant: Mutant, found: RegExp): Planted => ({
  name: mutant.name,
  plant: ({ database }) => breakWith(database, mutant),
  found,
})

/** The count of a lane would end below nobody, and stop a double call before anyone has seen it. */
const UNCOUNTED = 'alter table nuanhao.lane_waiting drop constraint lane_waiting_waiting_check'

export const PLANTED: readonly Planted[] = [
  inSql({ ...DOUBLE_CALL, script: `${DOUBLE_CALL.script}; ${UNCOUNTED}` }, /ticket at two|call-next|called/),
  {
    name: 'a lost job',
    plant: async (ground) => ground.sabotage(loseJobs),
    found: /line \S+ lacks/,
  },
  inSql(
    edited(
      'a wrong place on rejoining',
      "state = 'waiting'\n     order by v, n limit 3",
      "state = 'waiting'\n     order by v, n limit 2",
    ),
    /rejoined.*\.v is/,
  ),
  inSql(
    edited(
      'an undo that forgets the history',
      'delete from nuanhao.interval where leg_id = before.id and seq = undone;',
      '',
    ),
    /interval|history/,
  ),
  inSql(
    edited(
      'a new place for who is put back',
      "if item ->> 'enter' = 'rejoin' then",
      "if ch ->> 'event' = 'ticket:put-back' then l.v := at_; end if; if item ->> 'enter' = 'rejoin' then",
    ),
    /put-back.*\.v is/,
  ),
]

/** Every fifth stint is not put into the line. */
function loseJobs({ line }: Hall): void {
  const add = line.add.bind(line)
  let times = 0
  line.add = async (...given) => {
    times += 1
    if (times % 5 > 0) await add(...given)
  }
}
