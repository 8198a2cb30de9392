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
  close(): Promise<void>
}

/** Hints within one process. */
export function localHints(): Hints {
  const emitter = new EventEmitter()
  return {
    say: (hint) => {
      emitter.emit('hint', hint)
    },
    listen: (listener) => {
      emitter.on('hint', listener)
      return () => emitter.off('hint', listener)
    },
    close: async () => {
      emitter.removeAllListeners()
    },
  }
}

const CHANNEL = 'nuanhao:hints'

/** Hints within the process, and between processes over Redis: there only the site's id. */
export function redisHints(url: string, onError: (error: Error) => void): Hints {
  const local = localHints()
  const retryStrategy = (times: number) => Math.min(50 * 2 ** times, 1000)
  const publisher = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy })
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
  for (const client of [publisher, subscriber]) client.on('error', onError)
  subscriber.subscribe(CHANNEL).catch(onError)
  subscriber.on('message', (_channel, siteId) => local.say({ siteId, event: null }))
  return {
    say: (hint) => {
      local.say(hint)
      publisher.publish(CHANNEL, hint.siteId).catch(onError)
    },
    listen: local.listen,
    close: async () => {
      publisher.disconnect()
      subscriber.disconnect()
      await local.close()
    },
  }
}
