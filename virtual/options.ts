import { parseArgs } from 'node:util'

/** How a practice hall is started. */
export interface Options {
  port: number
  host: string
  /** The folder it is kept in; null: it goes when the program ends. */
  data: string | null
  /** The file of the hall to practise in; null: the demo's, or the one that is there. */
  hall: string | null
  /** How many times as fast as real people the virtual ones are. */
  speed: number
  /** The same seed is the same people. */
  seed: number
}

/** What was asked for is not understood; the message says what can be. */
export class Usage extends Error {}

/** A hall where people hurry more than this is no hall to learn in. */
export const FASTEST = 30

const HELP = `A practice hall with virtual residents and clerks. Nothing in it is real, and every screen says so.

  npm run demo                         on http://127.0.0.1:8080, gone when it ends
  npm run demo -- --port 8100 --data practice
                                       beside a real hall; kept in the folder practice, its keys in practice.key

  --hall FILE   your own hall to practise in, from its file, without its printers
  --host ADDR   0.0.0.0 lets other devices in (127.0.0.1)
  --speed N     how many times as fast as real people they are, 1 to ${FASTEST} (5); the clock is the real one
  --seed N      which people come; the same seed is the same people`

/**
 * @param chance a seed for who says none
 * @throws Usage
 */
export function readOptions(args: readonly string[], chance: number): Options {
  const text = { type: 'string' } as const
  const options = { port: text, host: text, data: text, hall: text, speed: text, seed: text }
  let said: Partial<Record<keyof typeof options, string>>
  try {
    said = parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new Usage(`${(error as Error).message}\n\n${HELP}`)
  }
  const within = (name: 'port' | 'speed' | 'seed', low: number, high: number, usual: number) => {
    const value = said[name] === undefined ? usual : Number(said[name])
    const whole = name === 'speed' || Number.isInteger(value)
    if (said[name] === '' || !whole || !(value >= low && value <= high)) {
      throw new Usage(`--${name} must be ${low} to ${high}\n\n${HELP}`)
    }
    return value
  }
  for (const name of ['host', 'data', 'hall'] as const) {
    if (said[name] === '') throw new Usage(`--${name} is empty\n\n${HELP}`)
  }
  return {
    port: within('port', 0, 65_535, 8080),
    host: said.host ?? '127.0.0.1',
    data: said.data ?? null,
    hall: said.hall ?? null,
    speed: within('speed', 1, FASTEST, 5),
    seed: within('seed', 0, 2 ** 32 - 1, chance),
  }
}
