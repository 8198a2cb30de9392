import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { Dead, type Moment, Mortal } from '#test/harness/injection.ts'
import { stateOf } from '#test/model/invariants.ts'
import { LIVES, type Life } from '#test/model/lives.ts'
import { type Ground, startGround } from '#test/model/parts.ts'
import type { Request } from '#test/model/question.ts'
import { Tally } from '#test/model/tally.ts'
import { Walk } from '#test/model/walk.ts'

/** Longer than a job may be taken out before it counts as left behind, ms. */
const LEFT_BEHIND = 3_000

describe.each(['embedded', 'services'] as const)(
  'a process that dies at any moment of a command, %s',
  (mode) => {
    let ground: Ground
    const reached = new Set<string>()

    beforeAll(async () => {
      ground = await startGround(mode, inject('postgresUrl'), inject('folders').empty)
    })
    afterAll(() => ground.stop())
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
    afterEach(() => void vi.useRealTimers())

    /** Lives up to the command in a process of its own, and begins it. */
    async function live({ before, command }: Life, moment: Moment | null) {
      const mortal = new Mortal()
      ground.sabotage((hall) => mortal.attach(hall))
      const walk = await Walk.begin(ground, new Tally())
      for (const step of before) {
        if ('pass' in step) await walk.pass(step.pass)
        else await walk.ask({ ...step, key: walk.key() })
      }
      ground.sabotage(() => undefined)
      mortal.begin(moment)
      const request: Request | null = 'chore' in command ? null : { ...command, key: walk.key() }
      const work = request
        ? walk.real.ask(request)
        : walk.real.run('chore' in command ? command.chore : 'expire-calls')
      await Promise.resolve(work).catch((error: unknown) => {
        if (!(error instanceof Dead)) throw error
      })
      return { walk, mortal, request }
    }

    /** The client asks again with the same key, or the chore comes again; then the hall is looked at. */
    async function finish({ command }: Life, { walk, request }: Awaited<ReturnType<typeof live>>) {
      if (request) await walk.ask(request)
      else if ('chore' in command) await walk.chore(command.chore)
      vi.setSystemTime(Date.now() + LEFT_BEHIND)
      await walk.real.reconcile()
      await walk.end()
      const state = await stateOf(walk.real)
      await walk.real.raze()
      return state
    }

    it.each(LIVES)('[CRASH2] $name', async (life) => {
      const whole = await live(life, null)
      const deeds = [...whole.mortal.deeds]
      expect(deeds).toContain('commit')
      for (const deed of deeds) reached.add(deed)
      const twin = await finish(life, whole)
      for (const index of deeds.keys()) {
        for (const side of ['before', 'after'] as const) {
          const crashed = await live(life, { index, side })
          expect(crashed.mortal.dead, `${side} ${deeds[index]}`).toBe(true)
          await crashed.walk.real.restart()
          const state = await finish(life, crashed)
          expect(state, `died ${side} ${deeds[index]}`).toEqual(twin)
        }
      }
    })

    it('[CRASH2] every kind of moment was tried', () => {
      expect([...reached].sort()).toEqual(
        expect.arrayContaining([
          ...['read', 'commit', 'hints.say', 'line.propose', 'line.settle', 'line.add', 'line.remove'],
        ]),
      )
    })
  },
)
