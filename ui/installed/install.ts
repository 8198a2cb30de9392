import { TAKE_OVER } from './take-over.ts'

/** A screen untouched for this long is nobody's: what a resident left there is long cleared, ms. */
const UNTOUCHED = 5 * 60_000
/** How often it is looked whether a newer build may take over, and whether there is one, ms. */
const LOOK = 10_000
const LOOK_FOR_NEWER = 30 * 60_000

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/**
 * Makes this screen an installed app: its worker keeps the built files, so that the page opens with the server away. [OFFLINE1]
 * Where pages come from another machine by plain HTTP, browsers allow no worker, and nothing happens.
 *
 * A newer build takes over once nobody has touched the screen for minutes and it is not `inUse`. [OFFLINE2]
 */
export async function install(inUse: () => boolean): Promise<void> {
  const workers = navigator.serviceWorker
  if (!workers) return
  // The first view comes first.
  if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done))
  // The first worker comes to a page of its own build; each one after it has replaced the files this page is made of.
  let replaced = false
  let controlled = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    replaced = controlled
    controlled = true
  })
  let touched = performance.now()
  for (const touch of TOUCHES) {
    document.addEventListener(touch, () => {
      touched = performance.now()
    })
  }
  const registration = await workers.register(`${import.meta.env.BASE_URL}worker.js`)
  setInterval(() => void registration.update().catch(() => {}), LOOK_FOR_NEWER)
  setInterval(() => {
    if (inUse() || performance.now() - touched < UNTOUCHED) return
    if (replaced) location.reload()
    else registration.waiting?.postMessage(TAKE_OVER)
  }, LOOK)
}
