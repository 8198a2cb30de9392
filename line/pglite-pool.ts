import { EventEmitter } from 'node:events'
import type { PGliteInterface } from '@electric-sql/pglite'

interface Result {
  // biome-ignore lint/suspicious/noExplicitAny: rows are BullMQ's own, of many shapes
  rows: any[]
}

/** BullMQ's statements may start with comment lines. */
const LISTEN = /^(?:\s*--[^\n]*\n)*\s*listen\s+"?(\w+)"?/i

/** A client as BullMQ's PostgreSQL backend uses it; PGlite's own queue keeps statements apart. */
class PgliteClient extends EventEmitter {
  readonly #pglite: PGliteInterface
  readonly #unlisten: (() => Promise<void>)[] = []

  constructor(pglite: PGliteInterface) {
    super()
    this.#pglite = pglite
  }

  async query(text: string, values?: readonly unknown[]): Promise<Result> {
    const channel = LISTEN.exec(text)?.[1]
    if (channel === undefined) return run(this.#pglite, text, values)
    const stop = await this.#pglite.listen(channel, (payload) =>
      this.emit('notification', { channel, payload }),
    )
    this.#unlisten.push(stop)
    return { rows: [] }
  }

  release(): void {
    for (const stop of this.#unlisten.splice(0)) void stop()
  }
}

/** The embedded database in the shape of a `pg.Pool`, as far as BullMQ's PostgreSQL backend needs it. */
export function pgliteAsPool(pglite: PGliteInterface) {
  return Object.assign(new EventEmitter(), {
    /** There is no socket that could drop silently. */
    options: { keepAlive: true },
    query: (text: string, values?: readonly unknown[]) => run(pglite, text, values),
    connect: async () => new PgliteClient(pglite),
    /** The database belongs to the store. */
    end: async () => undefined,
  })
}

/** Without values a text may hold several statements, as BullMQ's migrations do. */
async function run(pglite: PGliteInterface, text: string, values?: readonly unknown[]): Promise<Result> {
  if (values) return pglite.query(text, [...values])
  return (await pglite.exec(text)).at(-1) ?? { rows: [] }
}
