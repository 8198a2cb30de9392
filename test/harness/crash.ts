import { type Stage, setStage } from './chaos.ts'
import { GRAND_SITE } from './grand-hall.ts'
import { Load, type LoadReport } from './load.ts'
import { checkLog, type Log, type Violation } from './log-check.ts'
import { readLog } from './log-read.ts'
import type { Mode } from './own-hall.ts'
import { type Random, randomOf } from './random.ts'

export interface CrashPlan {
  mode: Mode
  postgresUrl: string
  /** How often the server is killed. */
  kills: number
  seed: number
  /** Told what is done to the hall. */
  say?: (line: string) => void
}

export interface CrashReport extends Pick<CrashPlan, 'mode' | 'kills' | 'seed'> {
  load: LoadReport
  log: Log
  violations: Violation[]
  /** How long the line took to be whole again after each fault, ms. */
  wholeAfter: number[]
  flushes: number
  outages: number
  /** Commands answered while Redis was away. */
  answeredWhileAway: number
  /** What the line lacked or had too much in the end. */
  differencesAtEnd: string[]
  /** Exit codes of the polite end. */
  exits: (number | null)[]
}

/** The line must be whole again within this, ms. */
export const WHOLE_WITHIN = 5_000
const KIOSKS = 12
const CONSOLES = 2
/** Enough people in line that a rebuilt one can be wrong. */
const BACKLOG = 120
/** A command under way is over after this: what is wrong for longer is wrong, ms. */
const UNDER_WAY = 300

type Fault = 'kill' | 'flush' | 'outage'

/** Kills the real program again and again under load, and looks at what was left of what it had promised. */
export async function crash({ mode, postgresUrl, kills, seed, say }: CrashPlan): Promise<CrashReport> {
  const random = randomOf(seed)
  const stage = await setStage(mode, postgresUrl, { kiosks: KIOSKS, consoles: CONSOLES })
  const load = new Load({
    urls: [stage.url],
    hall: stage.grand,
    serviceIds: GRAND_SITE.services.map(({ id }) => id),
    tickets: null,
    backlog: BACKLOG,
    seed,
  })
  const report: Omit<CrashReport, 'load' | 'log' | 'violations'> = {
    mode,
    kills: 0,
    seed,
    wholeAfter: [],
    flushes: 0,
    outages: 0,
    answeredWhileAway: 0,
    differencesAtEnd: [],
    exits: [],
  }
  try {
    const running = load.run()
    const faults = async () => {
      while (report.kills < kills) {
        const kind = faultOf(mode, report.kills)
        await load.more(random.between(40, 160))
        await moment(random)
        const since = await fault(stage, load, kind, random, report)
        const wholeAfter = await untilWhole(stage, load, since)
        report.wholeAfter.push(wholeAfter)
        if (kind === 'flush') report.wholeAfter.push(await flushQuietly(stage, load, report))
        say?.(
          `${mode} ${report.kills}/${kills} ${kind}: ${load.answered} answers, line whole after ${wholeAfter} ms`,
        )
      }
      if (mode === 'embedded') await lookAtDisk(stage, load, report)
      load.finish()
    }
    // A load that fails must not leave the faults waiting for answers, nor the other way round.
    const [finished] = await Promise.all([running, Promise.race([faults(), running.then(early)])])
    if (mode === 'services') report.differencesAtEnd = [...(await stage.differences())]
    report.exits.push(await stage.server.stop())
    if (stage.worker) report.exits.push(await stage.worker.stop())
    if (mode === 'embedded') report.differencesAtEnd.push(...(await stage.differencesOnDisk()))
    const log = await stage.withDatabase((database) => readLog(database, stage.grand.siteId))
    return { ...report, load: finished, log, violations: checkLog(log, finished.told) }
  } finally {
    await stage.close()
  }
}

function faultOf(mode: Mode, round: number): Fault {
  if (mode === 'embedded') return 'kill'
  return (['kill', 'flush', 'outage'] as const)[round % 3] ?? 'kill'
}

/**
 * Does one thing to the hall; a kill of the server is part of each.
 *
 * @returns when everything was there again, ms
 */
async function fault(
  { server, worker, redis, flush }: Stage,
  load: Load,
  kind: Fault,
  random: Random,
  report: Pick<CrashReport, 'kills' | 'flushes' | 'outages' | 'answeredWhileAway'>,
): Promise<number> {
  if (kind === 'outage') {
    if (!redis) throw new Error('embedded there is no Redis')
    report.outages += 1
    await redis.kill()
    report.answeredWhileAway += await answers(load, random.between(40, 120))
    await moment(random)
    await server.kill()
    await server.start()
    report.kills += 1
    report.answeredWhileAway += await answers(load, random.between(40, 120))
    await redis.restart()
    return Date.now()
  }
  await Promise.all([server.kill(), worker?.kill()])
  await Promise.all([server.start(), worker?.start()])
  report.kills += 1
  if (kind === 'kill') return Date.now()
  await load.more(random.between(20, 80))
  report.flushes += 1
  await flush()
  return Date.now()
}

/** Once more, with nobody asking: no failing command tells the hall that its line is gone, nor its chores. */
async function flushQuietly(stage: Stage, load: Load, report: Pick<CrashReport, 'flushes'>): Promise<number> {
  await load.hold()
  try {
    report.flushes += 1
    await stage.flush()
    return await wholeAgain(stage, Date.now())
  } finally {
    load.resume()
  }
}

async function answers(load: Load, count: number): Promise<number> {
  const before = load.answered
  await load.more(count)
  return load.answered - before
}

/**
 * Waits until the line holds what it should.
 *
 * @returns how long that took, ms
 * @throws Error when it takes too long
 */
async function untilWhole(stage: Stage, load: Load, since: number): Promise<number> {
  // Embedded only counts are seen, and they agree only while nothing is under way; calls go on for a while first.
  if (stage.mode === 'embedded') {
    await load.more(50)
    await load.hold()
  }
  try {
    return await wholeAgain(stage, since)
  } finally {
    load.resume()
  }
}

async function wholeAgain(stage: Stage, since: number): Promise<number> {
  let before = await stage.differences()
  for (;;) {
    const looked = Date.now() - since
    if (before.size === 0) return looked
    await new Promise((resolve) => setTimeout(resolve, UNDER_WAY))
    const now = await stage.differences()
    // Seen from outside, what is gone at the second look was only a command under way.
    const still = stage.mode === 'embedded' ? now : new Set([...now].filter((one) => before.has(one)))
    if (still.size === 0) return looked
    if (looked > WHOLE_WITHIN) {
      const some = [...still].slice(0, 3).join('; ')
      throw new Error(`the line is not whole after ${looked} ms, in ${still.size} ways: ${some}; …`)
    }
    before = now
  }
}

/** Embedded, the server's word for its line is checked once against the disk, with people waiting. */
async function lookAtDisk(
  stage: Stage,
  load: Load,
  report: Pick<CrashReport, 'differencesAtEnd'>,
): Promise<void> {
  await load.hold()
  // A call is answered before the line is put in order behind it.
  await wholeAgain(stage, Date.now())
  await stage.server.kill()
  report.differencesAtEnd.push(...(await stage.differencesOnDisk()))
  await stage.server.start()
  load.resume()
}

/** A moment that has nothing to do with an answer just given. */
function moment(random: Random): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, random.between(0, 40)))
}

function early(): never {
  throw new Error('the load ended before the faults did')
}
