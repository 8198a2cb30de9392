import type { Hall } from '#line/hall.ts'

/** Times what requests wait for, by part. */
export interface Meter {
  /** Milliseconds and uses of each part since the last asking. */
  take(): Record<string, { ms: number; uses: number }>
}

/** The parts a request is made of, by what their statement says. */
const STATEMENTS: [RegExp, string][] = [
  [/nuanhao\.situations?\(/, 'read the situation'],
  [/nuanhao\.commit(_\w+)?\(/, 'commit'],
  [/from nuanhao\.device|from nuanhao\.session/, 'identify'],
  [/update nuanhao\.session/, 'identify'],
]

/** Puts a stop-watch around what a request waits for: a call's proposal is settled behind its answer, so not that. */
export function meterHall({ database, line }: Hall): Meter {
  let spent: Record<string, { ms: number; uses: number }> = {}
  async function timed<T>(part: string, work: Promise<T>): Promise<T> {
    const start = performance.now()
    try {
      return await work
    } finally {
      const sum = spent[part] ?? { ms: 0, uses: 0 }
      spent[part] = { ms: sum.ms + performance.now() - start, uses: sum.uses + 1 }
    }
  }
  const query = database.query.bind(database)
  database.query = (text, values) => {
    const part = STATEMENTS.find(([pattern]) => pattern.test(text))?.[1]
    return part === undefined ? query(text, values) : timed(part, query(text, values))
  }
  const add = line.add.bind(line)
  line.add = (...given) => timed('add to the line', add(...given))
  const propose = line.propose.bind(line)
  line.propose = (...given) => timed('propose', propose(...given))
  return {
    take: () => {
      const taken = spent
      spent = {}
      return taken
    },
  }
}
