import { EventEmitter } from 'node:events'
import { Redis } from 'ioredis'
import type { StaffEvent } from '#protocol/events.ts'

/** A word that something was committed. The log is the truth: a lost hint only costs up to a second. */
export interface Hint {
  siteId: string
  /** The event itself, where it was committed in this process. */
  event: StaffEvent | null
}

export interface Hints {
  say(hint: Hint): void
  /** @returns stops listening */
  listen(listener: (hint: Hint) => void): () => void
  /** Tells every process that a session or device is not valid any more; `credential` is the hash of its secret. */
  revoke(credential: string): void
  /** @returns stops listening */
  onRevoked(listener: (credential: string) => void): () => void
  /**
   * Tells every process that a secret opens something else than it did, or nothing any more: whoever watches by it is cut, and comes
   * back by what opens now. [SIGNIN12] [PAIR10]
   */
  recheck(credential: string): void
  /** @returns stops listening */
  onRecheck(listener: (credential: string) => void): () => void
  /** Tells every process that a screen was given another place; which one is in the database. [PAIR8] */
  move(deviceId: string): void
  /** @returns stops listening */
  onMoved(listener: (deviceId: string) => void): () => void
  close(): Promise<void>
}

/** Hints within one process. */
export function localHints(): Hints {
  const emitter = new EventEmitter<{ hint: [Hint]; revoked: [string]; recheck: [string]; moved: [string] }>()
  return {
    say: (hint) => void emitter.emit('hint', hint),
    listen: (listener) => {
      emitter.on('hint', listener)
      return () => emitter.off('hint', listener)
    },
    revoke: (credential) => void emitter.emit('revoked', credential),
    onRevoked: (listener) => {
      emitter.on('revoked', listener)
      return () => emitter.off('revoked', listener)
    },
    recheck: (credential) => void emitter.emit('recheck', credential),
    onRecheck: (listener) => {
      emitter.on('recheck', listener)
      return () => emitter.off('recheck', listener)
    },
    move: (deviceId) => void emitter.emit('moved', deviceId),
    onMoved: (listener) => {
      emitter.on('moved', listener)
      return () => emitter.off('moved', listener)
    },
    close: async () => {
      emitter.removeAllListeners()
    },
  }
}

/** Hints within the process, and between processes over Redis: there only the site's id. */
export function redisHints(url: string, onError: (error: Error) => void): Hints {
  const local = localHints()
  const me = crypto.randomUUID()
  const retryStrategy = (times: number) => Math.min(50 * 2 ** times, 1000)
  const publisher = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy })
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, retryStrategy, autoResubscribe: false })
  for (const client of [publisher, subscriber]) client.on('error', onError)
  // Redis tells what is published in one of its databases to all: the number keeps the halls of one Redis apart.
  const own = `nuanhao:${publisher.options.db ?? 0}`
  const hints = `${own}:hints`
  const revoked = `${own}:revoked`
  const recheck = `${own}:recheck`
  const moved = `${own}:moved`
  // By hand each time: when the library does it by itself and is ended meanwhile, nobody catches that.
  subscriber.on('ready', () => {
    subscriber.subscribe(hints, revoked, recheck, moved).catch(onError)
  })
  subscriber.on('message', (channel, said) => {
    if (channel === revoked) return local.revoke(said)
    if (channel === recheck) return local.recheck(said)
    if (channel === moved) return local.move(said)
    const [process = '', siteId = ''] = said.split(' ')
    // Our own word was said within the process, with the event itself.
    if (process !== me) local.say({ siteId, event: null })
  })
  return {
    say: (hint) => {
      local.say(hint)
      publisher.publish(hints, `${me} ${hint.siteId}`).catch(onError)
    },
    listen: local.listen,
    revoke: (credential) => {
      local.revoke(credential)
      publisher.publish(revoked, credential).catch(onError)
    },
    onRevoked: local.onRevoked,
    recheck: (credential) => {
      local.recheck(credential)
      publisher.publish(recheck, credential).catch(onError)
    },
    onRecheck: local.onRecheck,
    move: (deviceId) => {
      local.move(deviceId)
      publisher.publish(moved, deviceId).catch(onError)
    },
    onMoved: local.onMoved,
    close: async () => {
      publisher.disconnect()
      subscriber.disconnect()
      await local.close()
    },
  }
}
