import { agedTokens, promiseToken } from '#store/devices.ts'
import { nextToken, tokenHash } from '#store/tokens.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

/** A token is renewed once it is older, ms. [PAIR6] */
export const TOKEN_LIFE = 30 * 24 * 3_600_000
/** Screens that stay connected are looked at so often, ms. */
const LOOK = 600_000

/** Gives screens new tokens in time; the old one is good until the new one is used, so that nothing depends on an answer. [PAIR6] */
export function renewTokens(io: Io, { hall, keys, logger }: Pick<Parts, 'hall' | 'keys' | 'logger'>) {
  async function look(only?: string): Promise<void> {
    const screens = [...io.sockets.sockets.values()].filter(
      ({ data: { principal, hello } }) =>
        hello.view === 'public' && (only === undefined || only === principal.id),
    )
    const ids = [...new Set(screens.map(({ data }) => data.principal.id))]
    if (ids.length === 0) return
    for (const aged of await agedTokens(hall.database, ids, hall.now() - TOKEN_LIFE)) {
      const token = nextToken(aged.id, aged.hash, keys.codes)
      if (!(await promiseToken(hall.database, aged, token))) continue
      for (const socket of screens) {
        const { principal, credential } = socket.data
        if (principal.id === aged.id && credential !== tokenHash(token)) socket.emit('token', token)
      }
    }
  }
  const safely = (only?: string) =>
    void look(only).catch((error) => logger.warn({ error }, 'tokens were not renewed; trying again'))
  const timer = setInterval(safely, LOOK)
  return { look: safely, stop: () => clearInterval(timer) }
}
