import { dueVersions, holdUp, InUse, takeEffect } from '#store/versions.ts'
import type { Chore } from './chore.ts'

/** Settings whose moment has come take effect; what is still in use holds them up until it is not. [HALL4] */
export const applySettings: Chore = {
  name: 'apply-settings',
  every: 1_000,
  run: async (hall, logger) => {
    const { database, hints } = hall
    for (const version of await dueVersions(database, hall.now())) {
      try {
        const took = await database.transaction((query) =>
          takeEffect(query, version, hall.now(), 'chore:apply-settings'),
        )
        if (!took) continue
        for (const session of took.revoked) hints.revoke(session)
        for (const session of took.changed) hints.recheck(session)
        hints.say({ siteId: took.siteId, event: null })
      } catch (error) {
        if (!(error instanceof InUse)) throw error
        // Said once, not every second.
        if (await holdUp(database, version, error.message)) {
          logger.warn({ version, why: error.message }, 'planned settings are held up')
        }
      }
    }
  },
}
