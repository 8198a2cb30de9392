import { Gauge, type Registry } from 'prom-client'
import { readSite, siteIds } from '#store/sites.ts'
import type { Hall } from './hall.ts'

/**
 * Shows at each scrape how many wait and how many places the line holds for them: with no command under way the line
 * is whole when they are equal and nothing is taken out. While the line is away only the truth is shown.
 */
export function watchLine(hall: Hall, registry: Registry): void {
  const labelNames = ['site', 'lane'] as const
  const registers = [registry]
  new Gauge({
    name: 'nuanhao_waiting',
    help: 'Tickets that wait',
    labelNames,
    registers,
    async collect() {
      this.reset()
      for (const { site, lane } of await lanes(hall)) this.set({ site, lane }, 0)
      const rows = await hall.database.query<{ site: string; lane: string; waiting: number }>(
        `select site_id as site, lane_id as lane, count(*) as waiting from nuanhao.leg
          where state = 'waiting' group by site_id, lane_id`,
      )
      for (const { site, lane, waiting } of rows) this.set({ site, lane }, waiting)
    },
  })
  new Gauge({
    name: 'nuanhao_line_places',
    help: 'Places the line holds: in line, or taken out for a call under way',
    labelNames: [...labelNames, 'place'],
    registers,
    async collect() {
      this.reset()
      for (const { site, lane } of await lanes(hall)) {
        const counts = await hall.line.counts(site, lane)
        if (!counts) continue
        this.set({ site, lane, place: 'in-line' }, counts.waiting)
        this.set({ site, lane, place: 'taken-out' }, counts.active)
      }
    },
  })
}

async function lanes({ database }: Hall): Promise<{ site: string; lane: string }[]> {
  const found: { site: string; lane: string }[] = []
  for (const site of await siteIds(database)) {
    const settings = await readSite(database, site)
    for (const { id } of settings?.lanes ?? []) found.push({ site, lane: id })
  }
  return found
}
