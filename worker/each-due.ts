import type { Change } from '#domain/change.ts'
import { Refusal } from '#domain/refusal.ts'
import type { Situation } from '#domain/site.ts'
import { execute } from '#line/execute.ts'
import type { Hall } from '#line/hall.ts'
import type { About } from '#store/commit.ts'

/** A leg, a counter or a call for help something is due for, as it stood when it was found. */
export type Due = { version: number } & (
  | { ticketId: string; legId: string }
  | { counterId: string }
  | { helpId: string }
)

/**
 * Carries out a chore's decision on each of what is due. Two workers, or a second try, do it once: the key names the thing
 * as it stood. Where somebody acted in the meantime the decision says no, and that is the end of it.
 */
export async function eachDue(
  hall: Hall,
  chore: string,
  due: readonly Due[],
  decide: (situation: Situation, now: number) => Change,
): Promise<void> {
  for (const { version, ...thing } of due) {
    const about: About = thing
    const id = 'legId' in thing ? thing.legId : 'helpId' in thing ? thing.helpId : thing.counterId
    const key = `${id}-${version}`
    try {
      await execute(hall, about, { principal: `chore:${chore}`, key, digest: key }, decide)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}
