import { endlessWall } from '#test/harness/endless-wall.ts'
import { expect, test } from './hall.ts'

// What writes a trace holds on to the elements it has seen.
test.use({ trace: 'off', screenshot: 'off' })

// The full run, ten thousand calls, is in `npm run prove`: so early the engine is still warming up, and its heap with it.
test('[WALL17] after many calls the wall holds no more elements than after some', async () => {
  const { said, failures } = await endlessWall({ calls: 160, from: 80, warmth: 1.15 })
  expect(failures).toEqual([])
  expect(said).toBeGreaterThan(0)
})
