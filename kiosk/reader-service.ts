import type { CardRequest, SiteView } from '#protocol/api.ts'

export type ReaderService = NonNullable<NonNullable<SiteView['identity']>['service']>

/** A service that says nothing for so long has no card, ms: some answer only once there is one. */
const PATIENCE = 10_000

/**
 * Asks the service beside this kiosk for the card that lies on its reader; null: none does. [IDENT9]
 *
 * @throws when it does not answer, or not in JSON
 */
export async function askReader(
  { url, method, body, paths }: ReaderService,
  stopped: AbortSignal,
  send: typeof fetch = (...call) => fetch(...call),
): Promise<CardRequest | null> {
  const giveUp = new AbortController()
  const stop = () => giveUp.abort()
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop()
  }, PATIENCE)
  stopped.addEventListener('abort', stop)
  try {
    const response = await send(url, {
      method,
      // Text goes without being asked for beforehand, which not every service understands.
      ...(body && {
        body: body.text,
        headers: { 'content-type': body.json ? 'application/json' : 'text/plain' },
      }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: giveUp.signal,
    })
    return cardIn(await response.json(), paths)
  } catch (error) {
    if (late) return null
    throw error
  } finally {
    clearTimeout(timer)
    stopped.removeEventListener('abort', stop)
  }
}

/** The card in a service's answer; null: there is no number where it should be. */
export function cardIn(answer: unknown, { number, name }: ReaderService['paths']): CardRequest | null {
  const found = textAt(answer, number)
  const called = name === null ? null : textAt(answer, name)
  return found === null ? null : { number: found, ...(called !== null && { name: called }) }
}

/** The text at `info.idCode`; null: nothing is there. */
function textAt(answer: unknown, path: string): string | null {
  let at = answer
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return null
    at = (at as Record<string, unknown>)[step]
  }
  const text = typeof at === 'string' || typeof at === 'number' ? String(at).trim() : ''
  return text === '' ? null : text
}
