import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { VERBS } from '#test/model/commands.ts'
import { type Ground, startGround } from '#test/model/parts.ts'
import { PLANTED } from '#test/model/planted.ts'
import { walks } from '#test/model/walks.ts'

const WALKS = 100
const COMMANDS = 100
/** A planted fault must be found within so many walks. */
const SOON = 25
// The same walks every time, so that a walk that fails is the fault of a change; `npm run prove` draws new ones.
const seed = Number(process.env.MODEL_SEED ?? 1)
const { MODEL_PATH: path, MODEL_REPLAY: replay } = process.env
const MODES = ['embedded', 'services'] as const

describe.each(MODES)('walks through a hall and its model, %s', (mode) => {
  let ground: Ground

  beforeAll(async () => {
    ground = await startGround(mode, inject('postgresUrl'), inject('folders').empty)
  })
  afterAll(() => ground.stop())

  it(`[MODEL1] agree after every command (MODEL_SEED=${seed})`, { timeout: 600_000 }, async () => {
    const again = { ...(path !== undefined && { path }), ...(replay !== undefined && { replay }) }
    const plan = { walks: WALKS, commands: COMMANDS, seed, shrinkFor: 90_000, ...again }
    const { tally, failure } = await walks(ground, plan)
    process.stdout.write(`${mode}, MODEL_SEED=${seed}: ${tally}\n`)
    expect(failure).toBeNull()
    if (path !== undefined) return
    expect(tally.walks).toBe(WALKS)
    expect(tally.shortest).toBeGreaterThanOrEqual(COMMANDS)
    expect(tally.seldom(VERBS, 50, 20)).toEqual([])
  })
})

describe.each(MODES)('a hall that is broken on purpose parts from its model, %s', (mode) => {
  it.each(PLANTED)(`[MODEL1] $name (MODEL_SEED=${seed})`, async ({ plant, found }) => {
    const ground = await startGround(mode, inject('postgresUrl'), inject('folders').empty)
    try {
      await plant(ground)
      const { failure } = await walks(ground, { walks: SOON, commands: COMMANDS, seed, shrinkFor: 0 })
      expect(failure).toMatch(found)
    } finally {
      await ground.stop()
    }
  })
})
