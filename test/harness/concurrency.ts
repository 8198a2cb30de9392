import { reconcile } from '#line/reconcile.ts'
import { GRAND_SITE } from './grand-hall.ts'
import type { LoadReport } from './load.ts'
import { runLoadApart } from './load-apart.ts'
import { checkLog, type Log, type Violation } from './log-check.ts'
import { readLog } from './log-read.ts'
import { type Mode, type OwnHall, startOwnHall } from './own-hall.ts'

export interface ConcurrencyPlan {
  mode: Mode
  postgresUrl: string
  tickets: number
  seed: number
  /** Servers of the hall; more than one only in services mode. */
  nodes: number
}

export interface ConcurrencyReport extends Omit<ConcurrencyPlan, 'postgresUrl'> {
  clients: number
  counters: number
  load: LoadReport
  log: Log
  violations: Violation[]
  /** Calls for which the line proposed another leg than the true head, by cause, over all nodes. */
  divergences: Record<string, number>
  /** What the reconciler mended during the load. */
  mended: number
  /** What it still found afterwards. */
  mendedAfter: number
  conflicts: number
  /** What the servers logged at `warn` and above. */
  warnings: string[]
}

/** 40 kiosks and, at each of 8 counters, 3 consoles: 64 clients. */
const KIOSKS = 40
const CONSOLES = 3

/** Puts 64 clients on a hall of 8 counters, and looks at what it left behind. */
export async function concurrency(plan: ConcurrencyPlan): Promise<ConcurrencyReport> {
  const { mode, postgresUrl, tickets, seed, nodes } = plan
  const hall = await startOwnHall({ mode, postgresUrl, kiosks: KIOSKS, consoles: CONSOLES })
  try {
    const servers = [hall.running]
    while (servers.length < nodes) servers.push(await hall.another())
    const load = await loadOn(
      hall,
      tickets,
      seed,
      servers.map(({ url }) => url),
    )
    // Calls are answered before the line is put in order behind them.
    for (const { parts } of servers) await parts.hall.line.settled()
    const { metrics } = hall.running.parts.hall
    const mended = await total(metrics.mended)
    await reconcile(hall.running.parts.hall, true)
    const log = await readLog(hall.database, GRAND_SITE.id)
    const divergences: Record<string, number> = {}
    let conflicts = 0
    for (const { parts } of servers) {
      conflicts += await total(parts.hall.metrics.conflicts)
      for (const { labels, value } of (await parts.hall.metrics.divergences.get()).values) {
        divergences[String(labels.cause)] = (divergences[String(labels.cause)] ?? 0) + value
      }
    }
    return {
      mode,
      tickets,
      seed,
      nodes,
      clients: KIOSKS + CONSOLES * GRAND_SITE.counters.length,
      counters: GRAND_SITE.counters.length,
      load,
      log,
      violations: checkLog(log, load.told),
      divergences,
      mended,
      mendedAfter: (await total(metrics.mended)) - mended,
      conflicts,
      warnings: hall.warnings,
    }
  } finally {
    await hall.stop()
  }
}

/** Runs a load on a hall from a process of its own. */
export function loadOn(
  { running, grand }: OwnHall,
  tickets: number,
  seed: number,
  urls = [running.url],
): Promise<LoadReport> {
  const serviceIds = GRAND_SITE.services.map(({ id }) => id)
  return runLoadApart({ urls, hall: grand, serviceIds, tickets, backlog: null, seed })
}

async function total(metric: { get(): Promise<{ values: { value: number }[] }> }): Promise<number> {
  return (await metric.get()).values.reduce((sum, { value }) => sum + value, 0)
}
