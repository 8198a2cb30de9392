import type { BareProcess } from './bare-process.ts'
import { COUNTERS, LANES } from './bench-site.ts'
import { type Cpu, usedBetween } from './cpu.ts'
import type { Round } from './raw-process.ts'
import { start } from './remote.ts'
import type { Scale } from './scale.ts'
import { atSite, type Mode, type Stage } from './stage.ts'
import { type Figure, figure, median, percentile } from './statistics.ts'

/** One line of the table. */
export interface Row {
  name: string
  mode: Mode
  raw: Figure
  product: Figure
  /** What is compared with the target. */
  ratio: number
  target: { least: number } | { most: number } | null
  /** Of rows (a) and (b): ms of processor time for each, by who used it. */
  cpu?: { raw: Cpu; product: Cpu }
  /** Of rows (a) and (b): ms of each part of one request, and of its raw counterpart, with nothing else going on. */
  parts?: { product: Record<string, number>; raw: Record<string, number> }
}

/** Whether a row reached its target; true where it has none. */
export function met({ ratio, target }: Row): boolean {
  if (!target) return true
  return 'least' in target ? ratio >= target.least : ratio <= target.most
}

const perSecond = ({ latencies, busy }: Round) => (latencies.length / busy) * 1000

/** Rounds in pairs, raw then product, so that a busy moment of the machine hits both. The first pair only warms up. */
async function pairs(
  rounds: number,
  rawRound: (round: number) => Promise<Measured>,
  productRound: (round: number) => Promise<Measured>,
): Promise<Pick<Row, 'raw' | 'product' | 'ratio' | 'cpu'>> {
  const raw: Measured[] = []
  const product: Measured[] = []
  for (let round = 0; round <= rounds; round++) {
    raw.push(await rawRound(round))
    product.push(await productRound(round))
  }
  const measured = [raw, product].map((side) => side.slice(1)) as [Measured[], Measured[]]
  const [rawRates, productRates] = measured.map((side) => side.map(perSecond)) as [number[], number[]]
  const [rawFigure, productFigure] = measured.map((side) =>
    figure(
      side.flatMap(({ latencies }) => latencies),
      side.map(perSecond),
    ),
  ) as [Figure, Figure]
  const ratio = median(productRates.map((rate, at) => rate / (rawRates[at] ?? Number.NaN)))
  const [rawCpu, productCpu] = measured.map(meanCpu) as [Cpu, Cpu]
  return { raw: rawFigure, product: productFigure, ratio, cpu: { raw: rawCpu, product: productCpu } }
}

interface Measured extends Round {
  /** ms for each issue or call */
  cpu: Cpu
}

async function withCpu(stage: Stage, side: 'raw' | 'product', work: () => Promise<Round>): Promise<Measured> {
  const before = await stage.cpu(side)
  const round = await work()
  return { ...round, cpu: usedBetween(before, await stage.cpu(side), round.latencies.length) }
}

function meanCpu(rounds: Measured[]): Cpu {
  const names = Object.keys(rounds[0]?.cpu ?? {})
  return Object.fromEntries(names.map((who) => [who, median(rounds.map(({ cpu }) => cpu[who] ?? 0))]))
}

/** (a) Issue over HTTP against one row committed + one prioritized job added, with as many clients. */
export async function issueRow(stage: Stage, scale: Scale, clients: number): Promise<Row> {
  const { raw, load, mode, url } = stage
  const ms = scale.issueMs
  const name = (round: number) => `issue${clients}-${round}`
  const compared = await pairs(
    scale.rounds,
    async (round) => {
      await raw.ask('makeLanes', { id: name(round), waiting: 0 })
      const measured = await withCpu(stage, 'raw', () => raw.ask('issue', { clients, ms }))
      await raw.ask('dropLanes')
      return measured
    },
    (round) =>
      atSite(stage, { id: name(round), waiting: 0 }, (site) =>
        withCpu(stage, 'product', () => load.ask('issue', { url, site, clients, ms })),
      ),
  )
  return { name: `(a) issue, ${clients} clients`, mode, ...compared, target: { least: 0.5 } }
}

/** (b) Call-next over HTTP against one row committed + getNextJob + moveToCompleted, from eight counters at once. */
export async function callRow(stage: Stage, scale: Scale): Promise<Row> {
  const { raw, load, mode, url } = stage
  const waves = scale.waves
  const waiting = COUNTERS * waves + 400
  const compared = await pairs(
    scale.rounds,
    async (round) => {
      await raw.ask('makeLanes', { id: `call-${round}`, waiting })
      const measured = await withCpu(stage, 'raw', () => raw.ask('call', { counters: COUNTERS, waves }))
      await raw.ask('dropLanes')
      return measured
    },
    (round) =>
      atSite(stage, { id: `call-${round}`, waiting }, ({ counters }) =>
        withCpu(stage, 'product', () => load.ask('call', { url, counters, waves })),
      ),
  )
  return { name: `(b) call-next, ${COUNTERS} counters`, mode, ...compared, target: { least: 0.4 } }
}

/** Where one issue and one call spend their time when nothing else goes on: the reason behind rows (a) and (b). */
export async function partsOfRequests(
  stage: Stage,
  scale: Scale,
): Promise<{ issue: Row['parts']; call: Row['parts'] }> {
  const { raw, hall, load, url } = stage
  const times = scale.parts
  await raw.ask('makeLanes', { id: 'parts', waiting: 400 })
  const { insert, add, next, update, complete } = await raw.ask('parts', times)
  await raw.ask('dropLanes')
  return atSite(stage, { id: 'parts', waiting: 400 + 2 * times }, async (site) => {
    const each = async (round: Round) => {
      const spent = await hall.ask('spent')
      const parts = Object.fromEntries(
        Object.entries(spent).map(([part, { ms }]) => [part, ms / round.latencies.length]),
      )
      const whole = round.latencies.reduce((sum, ms) => sum + ms, 0) / round.latencies.length
      const known = Object.values(parts).reduce((sum, ms) => sum + ms, 0)
      return { ...parts, 'HTTP, checks, JSON, telling screens': whole - known }
    }
    await hall.ask('spent')
    const issue = await each(await load.ask('issue', { url, site, clients: 1, ms: scale.issueMs }))
    // A complete follows each call, and its parts have the same names: they are timed apart, by calls of one wave.
    const call: Record<string, number> = {}
    const [counter] = site.counters
    if (!counter) throw new Error('a site without counters')
    for (let time = 0; time < times; time++) {
      const one = await each(await load.ask('callApart', { url, counter }))
      for (const [part, ms] of Object.entries(one)) call[part] = (call[part] ?? 0) + ms / times
      await load.ask('completeApart', { url, counter })
      await hall.ask('spent')
    }
    return {
      issue: { product: issue, raw: { 'insert a row': insert, 'add the job': add } },
      call: {
        product: call,
        raw: { 'get the job': next, 'update a row': update, 'complete the job': complete },
      },
    }
  })
}

/** (c) Commit → last of `count` displays, against the same payload told to a bare room of as many. */
export async function broadcastRows(stage: Stage, scale: Scale, count: 50 | 2000): Promise<Row[]> {
  const { hall, load, mode, url } = stage
  const bare = start<BareProcess>('bare-process.ts')
  const bareUrl = await bare.ask('start')
  const told: number[] = []
  const fromCommit: number[] = []
  const fromRequest: number[] = []
  const site = await hall.ask('makeSite', { id: `tell${count}`, waiting: 8 })
  const [counter] = site.counters
  if (!counter) throw new Error('a site without counters')
  const auth = { view: 'public', siteId: site.id, token: site.display, after: null } as const
  await load.ask('watch', { group: 'product', url, count, auth })
  await load.ask('watch', { group: 'bare', url: bareUrl, count, auth: null })
  const ticketId = await load.ask('callOne', { url, counter })
  for (let event = -WARM_UP; event < scale.events[count]; event++) {
    const { sentAt, seq } = await load.ask('recall', {
      url,
      group: 'product',
      ticketId,
      cookie: counter.cookie,
    })
    const heard = await load.ask('heardByAll', { group: 'product', seq })
    const committed = await hall.ask('committedAt', seq)
    const payload = await load.ask('latest', 'product')
    if (!payload) throw new Error('no display heard anything')
    const emitted = await bare.ask('tell', payload)
    const bareHeard = await load.ask('heardByAll', { group: 'bare', seq })
    if (event < 0) continue
    fromCommit.push(heard - committed)
    fromRequest.push(heard - sentAt)
    told.push(bareHeard - emitted)
  }
  await load.ask('leave', 'product')
  await load.ask('leave', 'bare')
  await bare.end()
  await hall.ask('dropSite', site.id)
  const raw = figure(told)
  const row = (name: string, latencies: number[], target: Row['target']): Row => {
    const product = figure(latencies)
    return { name, mode, raw, product, ratio: product.p99 / raw.p99, target }
  }
  return [
    row(`(c) commit → last of ${count} displays, p99`, fromCommit, { most: 1.3 }),
    row(`(c) request → last of ${count} displays, p99`, fromRequest, null),
  ]
}

/** Events that are told before any is measured. */
const WARM_UP = 5

/** (d) Call-next with 10, 1,000 and 10,000 waiting: against the one with 10. */
export async function depthRows(stage: Stage, scale: Scale): Promise<Row[]> {
  const { load, mode, url } = stage
  const lanes = LANES.slice(0, 1)
  const latencies = new Map<number, number[]>(DEPTHS.map((waiting) => [waiting, []]))
  // One call apiece by turns, so that all lengths are measured in the same moments. A ticket is issued for each called.
  await inAll(DEPTHS, stage, lanes, async (sites) => {
    for (let call = -WARM_UP; call < scale.calls; call++) {
      // Each is first as often as the others: the first after a pause finds everything colder.
      const turn = Math.abs(call) % sites.length
      for (const { site, waiting } of [...sites.slice(turn), ...sites.slice(0, turn)]) {
        const [counter] = site.counters
        if (!counter) throw new Error('a site without counters')
        const { latencies: one } = await load.ask('callApart', { url, counter })
        if (call >= 0) latencies.get(waiting)?.push(...one)
        await load.ask('completeApart', { url, counter })
        await load.ask('issueOne', { url, site })
      }
    }
  })
  const of = (waiting: number) => latencies.get(waiting) ?? []
  const shortest = figure(of(DEPTHS[0]))
  return DEPTHS.slice(1).map((waiting) => {
    const product = figure(of(waiting))
    const ratio = percentile(of(waiting), 0.5) / shortest.p50
    const name = `(d) call-next, ${waiting.toLocaleString('en')} waiting against 10, median`
    return { name, mode, raw: shortest, product, ratio, target: { most: 1.3 } }
  })
}

const DEPTHS = [10, 1_000, 10_000] as const

interface Deep {
  site: Parameters<Parameters<typeof atSite>[2]>[0]
  waiting: number
}

async function inAll(
  [waiting, ...others]: readonly number[],
  stage: Stage,
  lanes: string[],
  work: (sites: Deep[]) => Promise<void>,
): Promise<void> {
  if (waiting === undefined) return work([])
  await atSite(stage, { id: `depth${waiting}`, waiting, lanes }, (site) =>
    inAll(others, stage, lanes, (sites) => work([{ site, waiting }, ...sites])),
  )
}
