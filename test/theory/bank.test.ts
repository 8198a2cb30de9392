import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { virtualArrival } from '#domain/turn.ts'

/** Call-by-call log of a bank's call centre, February 1999 (A. Mandelbaum and I. Guedj, Technion). Not shipped. */
const FILE = fileURLToPath(new URL('../../../shared/data/anonymous_bank_1999_02.csv.gz', import.meta.url))

/** A call that queued; times in ms since midnight. */
interface Call {
  day: string
  priority: boolean
  start: number
  exit: number
  answered: boolean
}

/** The log's times are whole seconds, so two calls may be this far apart and still be level, ms. */
const LEVEL = 2_000
const SECOND = 1_000

/** Regular calls that queued, as the data's README says to take them. */
function readCalls(): Call[] {
  const [header = '', ...lines] = gunzipSync(readFileSync(FILE)).toString('utf8').trim().split('\n')
  const names = header.split(',')
  return lines.flatMap((line) => {
    const values = line.split(',')
    const of = (name: string) => values[names.indexOf(name)] ?? ''
    if (of('type') !== 'PS' || !(Number(of('q_time_s')) > 0) || of('outcome') === 'PHANTOM') return []
    return [
      {
        day: of('day'),
        priority: of('priority') === '2',
        start: Number(of('q_start_s')) * SECOND,
        exit: Number(of('q_exit_s')) * SECOND,
        answered: of('outcome') === 'AGENT',
      },
    ]
  })
}

/** Of the dispatches past a waiting call of the other class, how many, and which share keeps the order of turns with this head start (ms). */
function explained(calls: Call[], headStart: number): { dispatches: number; share: number } {
  let dispatches = 0
  let kept = 0
  const days = new Map<string, Call[]>()
  for (const call of calls) days.set(call.day, [...(days.get(call.day) ?? []), call])
  const v = ({ start, priority }: Call) => virtualArrival(start, priority ? headStart : 0)
  for (const ofDay of days.values()) {
    for (const served of ofDay.filter(({ answered }) => answered)) {
      const others = ofDay.filter(
        (call) =>
          call !== served &&
          call.priority !== served.priority &&
          call.start < served.exit &&
          served.exit < call.exit,
      )
      if (others.length === 0) continue
      dispatches += 1
      if (others.every((other) => v(served) <= v(other) + LEVEL)) kept += 1
    }
  }
  return { dispatches, share: kept / dispatches }
}

describe('a real order', () => {
  let calls: Call[]
  beforeAll(() => {
    if (!existsSync(FILE))
      throw new Error(`The bank's log is not at ${FILE}: it belongs beside the project, in shared/data.`)
    calls = readCalls()
  })

  it('[THEORY1] a head start of 90 s explains a bank’s dispatches best', () => {
    const DAY = 24 * 3_600 * SECOND
    const expected: [number, number][] = [
      [0, 0.635],
      [60 * SECOND, 0.834],
      [90 * SECOND, 0.897],
      [120 * SECOND, 0.829],
      [180 * SECOND, 0.782],
      [DAY, 0.766],
    ]
    for (const [headStart, share] of expected) {
      const found = explained(calls, headStart)
      expect(found.dispatches).toBe(3_217)
      expect(found.share).toBeCloseTo(share, 3)
    }
  })
})
