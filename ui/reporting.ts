import type { Socket } from 'socket.io-client'
import type { ClientEvents, DeviceReport, ServerEvents } from '#protocol/events.ts'

/** A screen that stays connected says how it is this often, ms. */
const EVERY = 60_000

/** The file a page began with, of the address of its script; `dev` where it is not a built one. */
export function buildOf(script: string | null): string {
  return /\/assets\/([\w.-]{1,64})$/.exec(script ?? '')?.[1] ?? 'dev'
}

/** The kind of what was thrown, and nothing that it says: a message might hold what somebody typed. [HEALTH1] */
export function kindOf(thrown: unknown): string {
  const name = thrown instanceof Error ? thrown.name : ''
  return /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error'
}

/** What went wrong in this page since the last report. */
let wrong: string | null = null

/** Says how this screen is, on connecting and each minute, until the socket ends. [HEALTH1] */
export function report(socket: Socket<ServerEvents, ClientEvents>): void {
  const build = buildOf(document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? null)
  let timer: ReturnType<typeof setInterval> | undefined
  const say = (): void => {
    const said: DeviceReport = { clock: Date.now(), build, ...(wrong !== null && { error: wrong }) }
    wrong = null
    socket.emit('report', said)
  }
  const begin = (): void => {
    clearInterval(timer)
    timer = setInterval(say, EVERY)
    say()
  }
  socket.on('connect', begin)
  socket.on('disconnect', () => clearInterval(timer))
  if (socket.connected) begin()
}

/** Whatever page this is, once: what nobody caught. */
if (typeof window !== 'undefined') {
  window.addEventListener('error', ({ error }) => {
    // Without one it is a picture, or the browser's own remark.
    if (error) wrong = kindOf(error)
  })
  window.addEventListener('unhandledrejection', ({ reason }) => {
    wrong = kindOf(reason)
  })
}
