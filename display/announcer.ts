/**
 * The queue of announcements: one at a time, in the order of the calls, never overlapping. Knows nothing of the
 * browser: a `Player` makes the sound, so the order is tested without one.
 */

import type { Language, One, Step } from './announce.ts'
import { announcement } from './announce.ts'

/** Makes the sound. Each promise settles when that sound or silence has ended. */
export interface Player {
  /** Waits until sound can be heard at all: forever, while the browser wants a tap first. */
  ready(): Promise<void>
  /** Rejects unless every one of the clips can be played now. */
  load(clips: readonly string[]): Promise<void>
  play(clip: string): Promise<void>
  pause(ms: number): Promise<void>
  /** Speaks `text` by the browser's own synthesiser; rejects without a voice for the language. */
  say(text: string, language: Language): Promise<void>
}

/** One call as the board has it. A recall of the same ticket is another call, with another id. */
export interface Call {
  id: string | number
  /** The ticket's public number, `A012`. */
  number: string
  counter: number | string
  /** The language the ticket was taken in. */
  language?: Language
  /** When it was called, ms of the announcer's clock; without it, when it was queued. */
  at?: number
}

export interface AnnouncerSettings {
  languages: readonly Language[]
  one: One
}

export interface AnnouncerOptions {
  player: Player
  /** Milliseconds; the server's time, where calls carry the time they were made. */
  clock: { now(): number }
  /** Asked anew for each announcement, so a changed setting counts from the next one. */
  settings: (call: Call) => AnnouncerSettings
  /** The text of what is being said, null when nothing is. */
  onCaption: (caption: string | null) => void
  /** A call that will not be said: the line was full, or it waited too long, or it could not be played. */
  onUnsaid?: (call: Call, reason: 'full' | 'stale' | 'failed') => void
  /** How many calls wait at most; one more, and the oldest is left to the wall alone. */
  capacity?: number
  /** Milliseconds after which a call is no longer worth saying: the screen was blocked or asleep. */
  freshForMs?: number
  /** From how many waiting calls on the first language is said once instead of twice. */
  hurryFrom?: number
}

export interface Announcer {
  /** Queues a call. One whose id was already queued is ignored: a snapshot may repeat it. */
  announce(call: Call): void
  /** Takes a call that is not yet being said out of the queue: it was undone, or the resident is there. */
  withdraw(id: Call['id']): void
  /** How many calls wait, without the one being said. */
  waiting(): number
  /** Resolves when nothing is being said and nothing waits. */
  idle(): Promise<void>
}

interface Waiting {
  call: Call
  since: number
}

/** How many ids are remembered to recognise a repeated call. */
const REMEMBERED = 500
/** Milliseconds a caption stays when its phrase cannot be heard: long enough to read. */
const READING_MS = 2500

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { player, clock, onCaption, onUnsaid = () => {} } = options
  const { capacity = 12, freshForMs = 90_000, hurryFrom = 2 } = options
  const line: Waiting[] = []
  const known = new Set<Call['id']>()
  let running: Promise<void> | null = null

  function remember(id: Call['id']) {
    known.add(id)
    for (const oldest of known) {
      if (known.size <= REMEMBERED) break
      known.delete(oldest)
    }
  }

  function announce(call: Call) {
    if (known.has(call.id)) return
    remember(call.id)
    const entry = { call, since: call.at ?? clock.now() }
    // Two calls of one ticket that both still wait: only the newer is true, it may name another counter.
    const earlier = line.findIndex((waiting) => waiting.call.number === call.number)
    if (earlier >= 0) line[earlier] = entry
    else line.push(entry)
    if (line.length > capacity) {
      const dropped = line.shift()
      if (dropped) onUnsaid(dropped.call, 'full')
    }
    running ??= run()
  }

  async function run() {
    // Calls made in the same tick are all in the line before the first is said.
    await null
    while (line.length > 0) {
      const open = await player.ready().then(
        () => true,
        () => false,
      )
      const next = line.shift()
      if (!next) break
      if (!open) onUnsaid(next.call, 'failed')
      else if (clock.now() - next.since > freshForMs) onUnsaid(next.call, 'stale')
      else if (!(await say(next.call).catch(() => false))) onUnsaid(next.call, 'failed')
    }
    running = null
  }

  /** Says one call. One step that fails does not silence the next. Returns whether any phrase was heard. */
  async function say(call: Call): Promise<boolean> {
    const times = line.length >= hurryFrom ? 1 : 2
    const { languages, one } = options.settings(call)
    let heard = false
    for (const step of announcement({ number: call.number, counter: call.counter, languages, one, times })) {
      if (step.type === 'phrase') onCaption(step.caption)
      const done = await carryOut(step)
      if (step.type === 'phrase') heard ||= done
    }
    onCaption(null)
    return heard
  }

  async function carryOut(step: Step): Promise<boolean> {
    try {
      if (step.type === 'chime') await player.play(step.clip)
      else await speak(step.words, step.text, step.language)
      await player.pause(step.pauseMs)
      return true
    } catch {
      if (step.type === 'phrase') await player.pause(READING_MS).catch(() => {})
      return false
    }
  }

  /** Said whole or not at all by clips: a number with a digit missing would call somebody else. */
  async function speak(
    words: readonly { clip: string; pauseMs: number }[],
    text: string,
    language: Language,
  ) {
    const recorded = await player.load(words.map((word) => word.clip)).then(
      () => true,
      () => false,
    )
    if (!recorded) return player.say(text, language)
    for (const word of words) {
      await player.play(word.clip)
      await player.pause(word.pauseMs)
    }
  }

  return {
    announce,
    withdraw(id) {
      const at = line.findIndex((waiting) => waiting.call.id === id)
      if (at >= 0) line.splice(at, 1)
    },
    waiting: () => line.length,
    idle: async () => {
      while (running) await running
    },
  }
}
