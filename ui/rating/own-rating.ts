import { type ReadonlySignal, signal } from '@preact/signals'
import type { Level, Rating } from '#domain/rating.ts'
import type { RatingRequest, RatingResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { errorKeyOf } from '../api.ts'

export { WRITTEN_MOST } from '#domain/rating.ts'

/** Where somebody is with a rating. `sending` is its level, `adding` its tags and words; `added`: tags and words are with it, and there is nothing more to do. */
export interface Rated extends Omit<Rating, 'level'> {
  level: Level | null
  text: string
  at: 'nothing' | 'sending' | 'adding' | 'given' | 'added' | 'refused'
  error: ErrorKey | null
  /** Until when it may be changed, ms; null before it is given. */
  until: number | null
}

export interface OwnRating {
  rated: ReadonlySignal<Rated>
  /** A touched level is a rating. [RATE9] */
  choose: (level: Level) => Promise<void>
  toggle: (code: string) => void
  write: (text: string) => void
  /** Sends tags and words. */
  add: () => Promise<void>
}

const NOTHING: Rated = { level: null, tags: [], text: '', at: 'nothing', error: null, until: null }

/** One rating of one matter. What is touched meanwhile is sent after what is under way, so the last touch stands. [RATE9] */
export function createOwnRating(send: (rating: RatingRequest) => Promise<RatingResponse>): OwnRating {
  const rated = signal(NOTHING)
  let underway: Promise<void> = Promise.resolve()
  let touched = 0
  const put = (changed: Partial<Rated>): void => {
    rated.value = { ...rated.value, ...changed }
  }

  function give(then: 'given' | 'added'): Promise<void> {
    const mine = ++touched
    put({ at: then === 'added' ? 'adding' : 'sending', error: null })
    underway = underway.then(async () => {
      const { level, tags, text } = rated.value
      if (mine !== touched || level === null) return
      const words = text.trim()
      try {
        const { until } = await send({ level, tags, ...(words !== '' && { text: words }) })
        if (mine === touched) put({ at: then, until })
      } catch (thrown) {
        const error = errorKeyOf(thrown)
        if (mine === touched) put({ at: 'refused', error })
      }
    })
    return underway
  }

  return {
    rated,
    choose(level) {
      // Tags are those of a level.
      if (level !== rated.value.level) put({ level, tags: [] })
      return give('given')
    },
    toggle(code) {
      const { tags } = rated.value
      put({ tags: tags.includes(code) ? tags.filter((one) => one !== code) : [...tags, code] })
    },
    write: (text) => put({ text }),
    add: () => give('added'),
  }
}
