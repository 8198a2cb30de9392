import type { Hall } from '#line/hall.ts'
import { rewrapSome } from '#store/data-keys.ts'
import { resealSecrets } from '#store/webhooks.ts'
import type { Chore, Outward } from './chore.ts'

/** So many at once: an embedded hall stands still meanwhile. */
const MOST = 500

/** Once the key file has a new key, it wraps the keys of all records, whose contents stay as they are. [SEAL3] */
export const rewrapKeys: Chore<Hall & Outward> = {
  name: 'rewrap-keys',
  every: 600_000,
  run: async ({ database, keys }, logger) => {
    keys.reread?.()
    let wrapped = await resealSecrets(database, keys)
    for (;;) {
      const some = await rewrapSome(database, keys, MOST)
      wrapped += some
      if (some < MOST) break
    }
    if (wrapped > 0) logger.info({ key: keys.current, wrapped }, 'keys were wrapped anew')
  },
}
