import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '#test/parts/postgres.ts'
import { type Cpu, watchServices } from './cpu.ts'
import type { BenchSite, HallProcess, Where } from './hall-process.ts'
import type { LoadProcess } from './load-process.ts'
import type { RawProcess } from './raw-process.ts'
import { type Remote, start } from './remote.ts'
import type { Services } from './services.ts'

export type Mode = 'embedded' | 'services'

/** Both sides of one mode, each with data of its own on the same kind of database and line. */
export interface Stage {
  mode: Mode
  hall: Remote<HallProcess>
  raw: Remote<RawProcess>
  load: Remote<LoadProcess>
  /** Where the product answers. */
  url: string
  /** Processor time used so far by one side and what it works with. */
  cpu(side: 'raw' | 'product'): Promise<Cpu>
  stop(): Promise<void>
}

/** Starts the product, the raw side and the load, each as a process. `services` null: embedded. */
export async function openStage(services: Services | null): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-bench-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const where = async (redisDatabase: number): Promise<Where> => {
    if (!services) return { folder }
    const database = await createDatabase(services.postgresUrl)
    closers.push(database.drop)
    return { folder, databaseUrl: database.url, redisUrl: `${services.redisUrl}/${redisDatabase}` }
  }
  const watched = services && (await watchServices(services))
  closers.push(async () => watched?.stop())
  const hall = start<HallProcess>('hall-process.ts')
  const raw = start<RawProcess>('raw-process.ts')
  const load = start<LoadProcess>('load-process.ts')
  const url = await hall.ask('start', await where(1))
  await raw.ask('start', await where(2))
  closers.push(async () => {
    await load.end()
    for (const side of [hall, raw]) {
      await side.ask('stop')
      await side.end()
    }
  })
  return {
    mode: services ? 'services' : 'embedded',
    hall,
    raw,
    load,
    url,
    cpu: async (side) => ({
      ...(side === 'raw'
        ? { process: await raw.cpu() }
        : { server: await hall.cpu(), load: await load.cpu() }),
      ...(await watched?.read()),
    }),
    stop: async () => {
      for (const close of closers.splice(0).reverse()) await close()
    },
  }
}

/** Does `work` at a site of its own with one display and one console watching, as in every hall; then removes it. */
export async function atSite<T>(
  { hall, load, url }: Stage,
  wanted: { id: string; waiting: number; lanes?: string[] },
  work: (site: BenchSite) => Promise<T>,
): Promise<T> {
  const site = await hall.ask('makeSite', wanted)
  const { id: siteId } = site
  const display = `${siteId} display`
  const consoles = `${siteId} console`
  await load.ask('watch', {
    group: display,
    url,
    count: 1,
    auth: { view: 'public', siteId, token: site.display, after: null },
  })
  await load.ask('watch', {
    group: consoles,
    url,
    count: 1,
    auth: { view: 'staff', siteId, after: null },
    cookie: site.counters[0]?.cookie ?? '',
  })
  try {
    return await work(site)
  } finally {
    await load.ask('leave', display)
    await load.ask('leave', consoles)
    await hall.ask('dropSite', siteId)
  }
}
