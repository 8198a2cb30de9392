import { escalateHelp as decide } from '#domain/decide.ts'
import { ESCALATE_AFTER } from '#domain/help.ts'
import type { Chore } from './chore.ts'
import { eachDue } from './each-due.ts'

/** A call for help that nobody has answered in time is told to the supervisor, once. [HELP4] */
export const escalateHelp: Chore = {
  name: 'escalate-help',
  every: 1_000,
  run: async (hall) => {
    const due = await hall.database.query<{ helpId: string; version: number }>(
      `select id as "helpId", version from nuanhao.help_call where state = 'ringing' and asked_at <= $1`,
      [hall.now() - ESCALATE_AFTER],
    )
    await eachDue(hall, 'escalate-help', due, decide)
  },
}
