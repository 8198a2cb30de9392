import fc from 'fast-check'
import { step } from './commands.ts'
import type { Ground } from './parts.ts'
import { Tally } from './tally.ts'
import { Walk } from './walk.ts'

export interface Plan {
  walks: number
  /** Commands in each, at least. */
  commands: number
  seed: number
  /** Goes straight to the walk that failed: `MODEL_PATH`, and `MODEL_REPLAY` when it was shrunk. */
  path?: string
  replay?: string
  /** A shorter walk that fails too is searched for no longer than this, ms; 0: not at all. */
  shrinkFor: number
  /** Told after every hundredth walk, and of the first that fails, before a shorter one is searched for. */
  say?: (line: string) => void
}

export interface Walked {
  seed: number
  tally: Tally
  /** What hall and model parted over, and how to see it again; null when they never did. */
  failure: string | null
}

/** Walks through halls and their models until they part, or until the plan is done. */
export async function walks(ground: Ground, plan: Plan): Promise<Walked> {
  const tally = new Tally()
  // Once they have parted, what is counted on the search for a shorter walk says nothing.
  let counted = tally
  let parted = 0
  const property = fc.asyncProperty(longWalks(plan), async (steps) => {
    if (parted > 0 && Date.now() - parted > plan.shrinkFor) return
    const walk = await Walk.begin(ground, counted)
    try {
      await fc.asyncModelRun(() => ({ model: {}, real: walk }), steps)
      await walk.end()
      if (counted === tally && tally.walks % 100 === 0) plan.say?.(`${tally.walks} walks`)
    } catch (error) {
      if (parted === 0) plan.say?.(`walk ${tally.walks + 1} parted: ${error}`)
      counted = new Tally()
      parted ||= Date.now()
      throw error
    } finally {
      await walk.real.raze()
    }
  })
  const { seed, walks, path, shrinkFor } = plan
  const details = await fc.check(property, {
    ...{ seed, numRuns: walks, endOnFailure: shrinkFor === 0 },
    ...(path !== undefined && { path }),
  })
  if (!details.failed) return { seed, tally, failure: null }
  const replay = /replayPath="([^"]+)"/.exec(String(details.counterexample))?.[1]
  const again = [`MODEL_SEED=${seed}`, `MODEL_PATH=${details.counterexamplePath}`]
  if (replay !== undefined) again.push(`MODEL_REPLAY=${replay}`)
  const error = details.errorInstance
  return {
    seed,
    tally,
    failure: `${again.join(' ')}\n${error instanceof Error ? error.stack : String(error)}`,
  }
}

type Steps = Iterable<fc.AsyncCommand<object, Walk>>

/** Walks of at least so many commands; a failing one may still become shorter. */
function longWalks({ commands: least, replay }: Plan): fc.Arbitrary<Steps> {
  const maxCommands = Math.ceil(least * 1.3)
  const again = replay === undefined ? {} : { replayPath: replay }
  const any: fc.Arbitrary<Steps> = fc.commands([step], { maxCommands, size: 'max', ...again })
  return new AtLeast(any, least)
}

class AtLeast extends fc.Arbitrary<Steps> {
  readonly #any: fc.Arbitrary<Steps>
  readonly #least: number

  constructor(any: fc.Arbitrary<Steps>, least: number) {
    super()
    this.#any = any
    this.#least = least
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Steps> {
    for (;;) {
      const drawn = this.#any.generate(random, bias)
      if ([...drawn.value_].length >= this.#least) return drawn
    }
  }

  override canShrinkWithoutContext(value: unknown): value is Steps {
    return this.#any.canShrinkWithoutContext(value)
  }

  override shrink(value: Steps, context: unknown): fc.Stream<fc.Value<Steps>> {
    return this.#any.shrink(value, context)
  }
}
