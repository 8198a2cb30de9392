import { GRAND_SITE, type GrandHall } from './grand-hall.ts'

/** Asks the server's own metrics where the line is not what it should be: `lane: 3 wait, 2 in line, 1 taken out`. */
export async function placesByMetrics(
  url: string,
  { siteId, supervisor }: Pick<GrandHall, 'siteId' | 'supervisor'>,
): Promise<Set<string>> {
  const response = await fetch(`${url}/metrics`, { headers: { cookie: supervisor } })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`/metrics: ${response.status} ${text}`)
  const found = new Set<string>()
  for (const { id } of GRAND_SITE.lanes) {
    const waiting = sample(text, 'nuanhao_waiting', { site: siteId, lane: id })
    const inLine = sample(text, 'nuanhao_line_places', { site: siteId, lane: id, place: 'in-line' })
    const takenOut = sample(text, 'nuanhao_line_places', { site: siteId, lane: id, place: 'taken-out' })
    if (waiting !== inLine || takenOut !== 0) {
      found.add(`${id}: ${waiting} wait, ${inLine} in line, ${takenOut} taken out`)
    }
  }
  return found
}

/** One value of the text format; null when it is not there. */
function sample(text: string, name: string, labels: Record<string, string>): number | null {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  const line = text
    .split('\n')
    .find((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
  return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ') + 1))
}
