import { isDeepStrictEqual } from 'node:util'
import { concurrency, loadOn } from '#test/harness/concurrency.ts'
import { crash, WHOLE_WITHIN } from '#test/harness/crash.ts'
import { endlessWall } from '#test/harness/endless-wall.ts'
import { GRAND_SITE } from '#test/harness/grand-hall.ts'
import { HELD, interleave, RACED } from '#test/harness/interleave.ts'
import type { LoadReport } from '#test/harness/load.ts'
import { checkLog, type Violation } from '#test/harness/log-check.ts'
import { readLog } from '#test/harness/log-read.ts'
import { breakWith, DOUBLE_CALL, NO_COMPARE_AND_SET } from '#test/harness/mutants.ts'
import { type Mode, startOwnHall } from '#test/harness/own-hall.ts'
import { VERBS } from '#test/model/commands.ts'
import { startGround } from '#test/model/parts.ts'
import { PLANTED } from '#test/model/planted.ts'
import { walks } from '#test/model/walks.ts'

const TICKETS = 2_000
const KILLS = 20
const WALKS = 2_000
/** Of one page, and from which of them on it may not grow. */
const CALLS = 10_000
const HELD_FROM = 1_000
/** Drawn for each walk, at least: a few find nothing to do, and a hundred shall be left. */
const COMMANDS = 110
/** When hall and model part, a shorter walk is searched for so long, ms. */
const SHRINK_FOR = 300_000
/** Of a long list the first few say enough. */
const SHOWN = 10

/** One thing that was tried, and how it went. */
export interface Proof {
  title: string
  /** Rows of its table: what was counted, and the number. */
  facts: [string, string | number][]
  /** Empty when it holds. */
  failures: string[]
}

interface Given {
  mode: Mode
  postgresUrl: string
  seed: number
  say: (line: string) => void
}

/** The hall display, through ten thousand calls without being started again. */
export async function proveWall({ say }: Pick<Given, 'say'>): Promise<Proof> {
  const title = `The wall, ${CALLS.toLocaleString('en')} calls`
  say(`${title} …`)
  const { first, last, said, seconds, failures } = await endlessWall({ calls: CALLS, from: HELD_FROM, say })
  return {
    title,
    facts: [
      ['calls shown', last.calls],
      ['captions of announcements seen', said],
      [`JavaScript heap after ${first.calls} calls, bytes`, first.heap],
      [`JavaScript heap after ${last.calls} calls, bytes`, last.heap],
      [`DOM nodes after ${first.calls} calls`, first.nodes],
      [`DOM nodes after ${last.calls} calls`, last.nodes],
      [`listeners after ${first.calls} calls`, first.listeners],
      [`listeners after ${last.calls} calls`, last.listeners],
      ['seconds', Math.round(seconds)],
    ],
    failures,
  }
}

/** 64 clients, 8 counters, 2,000 tickets. */
export async function proveConcurrency(given: Given & { nodes: number }): Promise<Proof> {
  const { mode, nodes, say } = given
  const title = `Concurrency, ${mode}${nodes > 1 ? `, ${nodes} server nodes` : ''}`
  say(`${title} …`)
  const { load, log, violations, divergences, ...rest } = await concurrency({ ...given, tickets: TICKETS })
  const left = log.legs.filter(({ state }) => state !== 'completed' && state !== 'missed').length
  return {
    title,
    facts: [
      ['clients', rest.clients],
      ['counters', rest.counters],
      ['tickets issued', load.issued],
      ['calls', load.called],
      ...loadFacts(load),
      ['commits that lost a race and were decided again', rest.conflicts],
      ['events checked', log.entries.length],
      ['calls for which the line proposed another than the true head', causes(divergences)],
      ['mended by the reconciler during the load', rest.mended],
      ['mended by the reconciler afterwards', rest.mendedAfter],
      ['violations', violations.length],
    ],
    failures: [
      ...found(violations),
      ...load.faults.slice(0, SHOWN),
      ...(left > 0 ? [`${left} tickets neither completed nor missed`] : []),
      ...(load.issued === TICKETS ? [] : [`${load.issued} tickets issued instead of ${TICKETS}`]),
      ...(rest.mendedAfter > 0 ? [`the reconciler mended ${rest.mendedAfter} afterwards`] : []),
    ],
  }
}

/** Halls that are broken on purpose must be found out. */
export async function proveDetection({ mode, postgresUrl, seed, say }: Given): Promise<Proof[]> {
  const proofs: Proof[] = []
  for (const mutant of [DOUBLE_CALL, NO_COMPARE_AND_SET]) {
    const title = `The check can fail: ${mutant.name}, ${mode}`
    say(`${title} …`)
    const hall = await startOwnHall({ mode, postgresUrl, kiosks: 40, consoles: 3 })
    try {
      const whole = await interleave(hall)
      const before = checkLog(await readLog(hall.database, GRAND_SITE.id), null)
      await breakWith(hall.database, mutant)
      const { issued } = await loadOn(hall, 300, seed)
      const broken = mutant === NO_COMPARE_AND_SET ? await interleave(hall) : RACED
      const violations = checkLog(await readLog(hall.database, GRAND_SITE.id), null)
      const rules = [...new Set(violations.map(({ rule }) => rule))].sort().join(', ')
      proofs.push({
        title,
        facts: [
          ['tickets issued', issued],
          ['violations found', violations.length],
          ['of the rules', rules],
        ],
        failures: [
          ...found(before),
          ...(isDeepStrictEqual(whole, HELD) ? [] : [`before: ${whole.join(', ')}`]),
          ...(isDeepStrictEqual(broken, RACED) ? [] : [`the fault did not come about: ${broken.join(', ')}`]),
          ...(violations.length > 0 ? [] : ['nothing was found']),
        ],
      })
    } finally {
      await hall.stop()
    }
  }
  return proofs
}

/** kill −9, 20 times. */
export async function proveCrashes(given: Given): Promise<Proof> {
  const { mode, say } = given
  const title = `Crashes, ${mode}`
  say(`${title} …`)
  const { load, log, violations, wholeAfter, ...rest } = await crash({ ...given, kills: KILLS })
  const slowest = Math.max(...wholeAfter)
  const services: [string, number][] = [
    ['times Redis was flushed', rest.flushes],
    ['times Redis was killed and away for a while', rest.outages],
    ['commands answered while Redis was away', rest.answeredWhileAway],
  ]
  return {
    title,
    facts: [
      ['kill −9 of the server under load', rest.kills],
      ...(mode === 'services' ? services : []),
      ['tickets issued', load.issued],
      ['calls', load.called],
      ...loadFacts(load),
      ['connections lost before an answer', load.lost],
      ['events checked', log.entries.length],
      ['line whole again after, slowest, ms', slowest],
      ['violations', violations.length],
    ],
    failures: [
      ...found(violations),
      ...load.faults.slice(0, SHOWN),
      ...rest.differencesAtEnd.slice(0, SHOWN),
      ...(slowest > WHOLE_WITHIN ? [`the line was whole only after ${slowest} ms`] : []),
      ...(rest.exits.every((code) => code === 0) ? [] : [`exit codes ${rest.exits.join(', ')}`]),
    ],
  }
}

/** Walks through a hall and its model, and through halls that are broken on purpose. */
export async function proveModel({ mode, postgresUrl, seed, say }: Given): Promise<Proof[]> {
  const title = `Model, ${mode}`
  say(`${title} …`)
  const ground = await startGround(mode, postgresUrl)
  try {
    const heard = (line: string) => say(`${title}: ${line}`)
    const plan = { walks: WALKS, commands: COMMANDS, seed, shrinkFor: SHRINK_FOR, say: heard }
    const { tally, failure } = await walks(ground, plan)
    if (failure !== null) heard(failure)
    const counts = [...tally.verbs].sort(([a], [b]) => a.localeCompare(b))
    const seldom = failure === null ? tally.seldom(VERBS, 50, 20) : []
    const whole: Proof = {
      title,
      facts: [
        ['walks', tally.walks],
        ['commands', tally.commands],
        ['commands in the shortest walk', tally.shortest],
        ...counts.map(([verb, { done, refused }]): [string, string] => [
          verb,
          `${done} done, ${refused} refused`,
        ]),
      ],
      failures: [...(failure === null ? [] : [failure]), ...seldom],
    }
    return [whole, await proveDetectionByModel({ mode, postgresUrl, seed, say })]
  } finally {
    await ground.stop()
  }
}

async function proveDetectionByModel({ mode, postgresUrl, seed, say }: Given): Promise<Proof> {
  const title = `The model can differ, ${mode}`
  say(`${title} …`)
  const proof: Proof = { title, facts: [], failures: [] }
  for (const { name, plant, found } of PLANTED) {
    const ground = await startGround(mode, postgresUrl)
    try {
      await plant(ground)
      const { tally, failure } = await walks(ground, { walks: 25, commands: COMMANDS, seed, shrinkFor: 0 })
      proof.facts.push([name, failure === null ? 'not found' : `found in walk ${tally.walks + 1}`])
      if (!found.test(failure ?? '')) proof.failures.push(`${name}: ${failure ?? 'not found'}`)
    } finally {
      await ground.stop()
    }
  }
  return proof
}

function loadFacts({ answered, repeated, refusals, faults, seconds }: LoadReport): Proof['facts'] {
  const refused = Object.values(refusals).reduce((sum, count) => sum + count, 0)
  return [
    ['commands answered', answered],
    ['of them refused, as they should be', refused],
    ['answered commands asked again with the same key', repeated],
    ['answers 5xx or of a wrong shape', faults.length],
    ['seconds', Math.round(seconds)],
  ]
}

function found(violations: Violation[]): string[] {
  return violations.slice(0, SHOWN).map(({ rule, seq, detail }) => `${rule} at ${seq}: ${detail}`)
}

function causes(divergences: Record<string, number>): string {
  const counted = Object.entries(divergences).filter(([, count]) => count > 0)
  return counted.length === 0 ? '0' : counted.map(([cause, count]) => `${count} ${cause}`).join(', ')
}
