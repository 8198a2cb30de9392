import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { findOrInstall } from '#scripts/parts.mjs'
import { freePort, launch, type Service } from '#test/parts/service.ts'

export interface Postgres extends Service {
  /** Its maintenance database: hand it to createDatabase(). */
  url: string
}

export interface Database {
  url: string
  /** Deletes it, cutting whoever is still connected. */
  drop(): Promise<void>
}

/** Starts a private PostgreSQL on loopback, open to this machine only; stop() also deletes its data. */
export async function startPostgres(): Promise<Postgres> {
  const programs = findOrInstall('postgres')
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-postgres-'))
  const port = await freePort()
  const user = unprivilegedUser()
  if (user) await chown(folder, user.uid, user.gid)

  const initialise = [
    '-D',
    folder,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
  ]
  await promisify(execFile)(join(programs, 'initdb'), initialise, { ...user })

  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    // Commits outlive a killed process; only a power cut would lose them, and tests cause none.
    fsync: 'off',
  }
  const service = await launch({
    name: 'PostgreSQL',
    command: join(programs, 'postgres'),
    args: ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    ready: /ready to accept connections/,
    stopSignal: 'SIGINT',
    ...(user && { user }),
  })

  return {
    ...service,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await service.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Makes a database on the server of that address: one for each test file, so that files can run at once.
 *
 * @param template the name of one to copy; without it, empty
 */
export async function createDatabase(serverUrl: string, template?: string): Promise<Database> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await execute(serverUrl, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
  const url = new URL(serverUrl)
  url.pathname = name
  return { url: url.href, drop: () => execute(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** PostgreSQL refuses to run as root, so root lends it the user that Debian makes for it. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
