import { Counter, Gauge, type Registry } from 'prom-client'

/** What the line counts. In health both stay at zero. */
export interface LineMetrics {
  /** Call-next took another leg than the line proposed. */
  divergences: Counter<'cause'>
  /** What the reconciler had to mend. */
  mended: Counter<'what'>
  conflicts: Counter
  away: Gauge
}

export function lineMetrics(registry: Registry): LineMetrics {
  const registers = [registry]
  return {
    divergences: new Counter({
      name: 'nuanhao_line_divergences_total',
      help: 'Calls for which the line proposed another leg than the true head of the lane',
      labelNames: ['cause'],
      registers,
    }),
    mended: new Counter({
      name: 'nuanhao_line_mended_total',
      help: 'Jobs the reconciler added, removed or settled',
      labelNames: ['what'],
      registers,
    }),
    conflicts: new Counter({
      name: 'nuanhao_commit_conflicts_total',
      help: 'Commits that lost a race and were decided again',
      registers,
    }),
    away: new Gauge({ name: 'nuanhao_line_away', help: '1 while the line does not answer', registers }),
  }
}
