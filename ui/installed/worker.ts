/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core'
import {
  addRoute,
  cleanupOutdatedCaches,
  matchPrecache,
  type PrecacheEntry,
  precache,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { TAKE_OVER } from './take-over.ts'

declare const self: ServiceWorkerGlobalScope
/** The files of the built screen: scripts/installed.mjs writes them in. */
declare const PRECACHE: PrecacheEntry[]

/** A server that does not answer within this is away, ms. */
const AWAY_AFTER = 3_000

cleanupOutdatedCaches()
// Until this worker is at work it only collects; what is no file of the screen, so all of the API, goes past it.
precache(PRECACHE)
// The page comes from the server while that is there: whoever opens it anew has the newest. [OFFLINE1]
registerRoute(new NavigationRoute(({ request }) => page(request)))
addRoute({ cleanURLs: false })
clientsClaim()
self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting()
})

async function page(request: Request): Promise<Response> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), AWAY_AFTER)
  const fresh = await fetch(request, { signal: giveUp.signal }).catch(() => null)
  clearTimeout(timer)
  // A proxy whose server is away answers in its place.
  if (fresh && (fresh.ok || fresh.type === 'opaqueredirect')) return fresh
  return (await matchPrecache('index.html')) ?? fresh ?? Response.error()
}
