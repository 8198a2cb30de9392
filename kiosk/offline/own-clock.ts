import type { ReadonlySignal } from '@preact/signals'

/** When the server was heard last, on its clock, and how far that was from the machine's, ms. */
export interface Heard {
  at: number
  offset: number
}

export interface OwnClockParts {
  /** What the server said in this page's time, on its clock, ms; null before its first word. */
  lastHeard: ReadonlySignal<number | null>
  /** The machine's clock, which may be set, and the time since this page began, which nobody sets, ms. */
  now: () => number
  sinceStart: () => number
}

export interface OwnClock {
  /** ms */
  now(): number
  /** What an earlier page had heard. */
  remember(heard: Heard): void
  /** For a later page. */
  heard(): Heard
  close(): void
}

/**
 * The hall's clock, on a machine alone. Once the server has spoken, the time since then is counted, so that a machine's clock that is
 * set meanwhile changes nothing; a page that begins without the server goes by the machine's, never behind what was heard last.
 * [OFFLINE4]
 */
export function createOwnClock({ lastHeard, now, sinceStart }: OwnClockParts): OwnClock {
  let kept: Heard = { at: 0, offset: 0 }
  let word: { at: number; since: number } | null = null
  const stop = lastHeard.subscribe((at) => {
    if (at !== null) word = { at, since: sinceStart() }
  })
  // What is counted has fractions of a millisecond.
  const time = (): number =>
    Math.floor(
      word ? word.at + sinceStart() - word.since : Math.max(now() + kept.offset, kept.at + sinceStart()),
    )
  return {
    now: time,
    remember(heard) {
      kept = heard
    },
    heard() {
      const at = time()
      return { at, offset: at - now() }
    },
    close: stop,
  }
}
