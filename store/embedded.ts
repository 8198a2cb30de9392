import { fdatasyncSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, type PGliteInterface } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { asTransaction, BY_INDEX, type Database, type Query, withoutValues } from './database.ts'
import { lockFolder } from './lock-file.ts'

/** The parts of PGlite's Emscripten module that make a commit durable. */
interface WithNodeFs {
  NODEFS?: { stream_ops: { fsync?: (stream: { nfd: number }) => number } }
  FS?: { filesystems?: WithNodeFs }
}

/**
 * PGlite's file system writes through but never syncs: after a power cut an answered command could be gone. This one
 * hands PostgreSQL's own fsync calls to the disk.
 */
class DurableFS extends NodeFS {
  readonly #synced: () => void

  constructor(folder: string, synced: () => void) {
    super(folder)
    this.#synced = synced
  }

  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]) {
    const result = await super.init(pg, options)
    const durable = (module: unknown) => {
      const loaded = module as WithNodeFs
      const nodefs = loaded.NODEFS ?? loaded.FS?.filesystems?.NODEFS
      if (!nodefs) throw new Error('this PGlite has no NODEFS: commits could not be made durable')
      nodefs.stream_ops.fsync = ({ nfd }) => {
        fdatasyncSync(nfd)
        this.#synced()
        return 0
      }
    }
    const { emscriptenOpts } = result
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), durable] } }
  }
}

export interface EmbeddedDatabase extends Database {
  /** BullMQ's PostgreSQL backend runs on the same database. */
  pglite: PGliteInterface
  /** How many times the disk was told to keep what was written. */
  syncs(): number
}

/** `-F` switches fsync off; the rest of PGlite's defaults stay. */
const startParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  ...BY_INDEX,
  '-c',
  'search_path=bullmq',
]

/**
 * Opens the database in `folder`, which must be no other process's.
 *
 * @throws FolderInUse
 */
export async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  let syncs = 0
  const fs = new DurableFS(join(folder, 'pg'), () => {
    syncs += 1
  })
  try {
    const pglite = await PGlite.create({ fs, startParams })
    return {
      mode: 'embedded',
      pglite,
      syncs: () => syncs,
      query: async (text, values) =>
        (await withoutValues(pglite.query(text, [...(values ?? [])]))).rows as never,
      script: async (text) => {
        await pglite.transaction((transaction) => transaction.exec(text))
      },
      transaction: (work) =>
        pglite.transaction((transaction) => {
          const query: Query = async (text, values) =>
            (await withoutValues(transaction.query(text, [...(values ?? [])]))).rows as never
          return asTransaction(() => work(query))
        }),
      close: async () => {
        await pglite.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
