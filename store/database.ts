import { AsyncLocalStorage } from 'node:async_hooks'

export type Row = Record<string, unknown>

/** Runs one statement and gives its rows. */
export type Query = <R = Row>(text: string, values?: readonly unknown[]) => Promise<R[]>

/** The truth, whichever PostgreSQL holds it. Both drivers answer alike: bigint as number, jsonb parsed. */
export interface Database {
  mode: 'embedded' | 'services'
  query: Query
  /** Runs several statements without parameters, as one transaction. */
  script(text: string): Promise<void>
  /** Runs `work` between BEGIN and COMMIT. Nothing of BullMQ may be touched inside. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Every statement on the path of a command finds its rows by an index. A plan is kept for the life of a connection, and one
 * made while a hall was empty would read whole tables when it is full. A table without a fitting index then looks so dear
 * that PostgreSQL would compile the statement, which takes longer than any of ours.
 */
export const BY_INDEX = ['-c', 'enable_seqscan=off', '-c', 'jit=off'] as const

const inside = new AsyncLocalStorage<true>()

/** Marks everything `work` does as inside a transaction. */
export function asTransaction<T>(work: () => Promise<T>): Promise<T> {
  return inside.run(true, work)
}

/**
 * Guards every use of the line. Embedded, BullMQ waits for the same connection that the transaction holds, so a
 * call from inside would hang the process for ever; better to fail at once, in both modes.
 *
 * @throws Error when called inside a transaction
 */
export function refuseInsideTransaction(): void {
  if (inside.getStore()) throw new Error('BullMQ was used inside a transaction')
}

/** What drivers hang on an error: the values of the statement, and the row that would not do. */
const VALUES = ['params', 'detail', 'where', 'internalQuery'] as const

/** Runs a statement. Its error says what went wrong, and not with which values: it may be logged, or be the last word of the program. [LEAK3] */
export async function withoutValues<T>(statement: PromiseLike<T>): Promise<T> {
  try {
    return await statement
  } catch (error) {
    if (error instanceof Error) for (const name of VALUES) Reflect.deleteProperty(error, name)
    throw error
  }
}
