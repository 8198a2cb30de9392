import pg from 'pg'
import { asTransaction, BY_INDEX, type Database, type Query, withoutValues } from './database.ts'

/** OID of int8. */
const BIGINT = 20

/** Statements used on every command are prepared once a connection. */
const names = new Map<string, string>()
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `s${names.size}`
    names.set(text, name)
  }
  return name
}

/** How many connections one process holds: commits of one site wait for each other anyway. */
const CONNECTIONS = 16

/**
 * Opens a PostgreSQL server (14 or newer).
 *
 * @param onError told of connections lost while idle
 */
export async function openPostgres(url: string, onError: (error: Error) => void): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    keepAlive: true,
    options: BY_INDEX.join(' '),
    types: {
      // ms and sequence numbers stay far below 2^53
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'),
    },
  })
  pool.on('error', onError)
  const query: Query = async (text, values) => {
    const result = await withoutValues(
      pool.query(values ? { name: nameOf(text), text, values: [...values] } : text),
    )
    return result.rows
  }
  const [version] = await query<{ number: number }>(
    `select current_setting('server_version_num')::int as number`,
  )
  if ((version?.number ?? 0) < 140_000) {
    await pool.end()
    throw new Error('DATABASE_URL: PostgreSQL 14 or newer is needed')
  }
  async function transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const result = await asTransaction(() =>
        work(
          async (text, values) => (await withoutValues(client.query(text, values ? [...values] : []))).rows,
        ),
      )
      await client.query('commit')
      client.release()
      return result
    } catch (error) {
      await client.query('rollback').then(
        () => client.release(),
        // A connection that cannot even roll back is thrown away.
        () => client.release(true),
      )
      throw error
    }
  }
  return {
    mode: 'services',
    query,
    transaction,
    script: async (text) => {
      const client = await pool.connect()
      try {
        await client.query(`begin; ${text}; commit`)
        client.release()
      } catch (error) {
        client.release(true)
        throw error
      }
    },
    close: () => pool.end(),
  }
}
