import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepWalls, type LastWall, lastWall } from './last-wall.ts'

const wall = (seq: number) =>
  ({
    site: { id: 'hall', display: {} },
    board: { siteId: 'hall', seq, calls: [] },
    heard: 1_000 + seq,
  }) as unknown as LastWall

describe('the last wall', () => {
  let kept: string | null
  let writes: number
  const storage = {
    getItem: () => kept,
    setItem: (_: string, text: string) => {
      writes++
      kept = text
    },
  }
  beforeEach(() => {
    kept = null
    writes = 0
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('[WALL15] is there again after the page is gone, with the time it was true', () => {
    const walls = keepWalls(storage)
    for (let seq = 1; seq <= 50; seq++) walls.keep(wall(seq))
    // However soon the page is gone, there was one.
    expect(lastWall('hall', storage)).toEqual(wall(1))
    expect(writes).toBe(1)
    vi.advanceTimersByTime(2_000)
    expect(writes).toBe(2)
    expect(lastWall('hall', storage)).toEqual(wall(50))
    walls.keep(wall(51))
    expect(writes).toBe(2)
    walls.flush()
    expect(lastWall('hall', storage)).toEqual(wall(51))
    walls.keep(wall(52))
    walls.stop()
    expect(lastWall('hall', storage)).toEqual(wall(52))
    expect(vi.getTimerCount()).toBe(0)
  })

  test('[WALL15] of another hall, or of what is no wall, there is none', () => {
    const walls = keepWalls(storage)
    walls.keep(wall(1))
    walls.stop()
    expect(lastWall('other', storage)).toBeNull()
    for (const bad of ['', 'null', '{', '[]', '{"site":{"id":"hall"}}']) {
      kept = bad
      expect(lastWall('hall', storage)).toBeNull()
    }
    const refuses = {
      setItem: () => {
        throw new Error('locked down')
      },
    }
    const locked = keepWalls(refuses)
    locked.keep(wall(2))
    expect(() => locked.stop()).not.toThrow()
  })
})
