import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOrInstall } from '#scripts/parts.mjs'
import { freePort, launch, type Service } from '#test/parts/service.ts'

export interface Redis extends Service {
  url: string
}

/**
 * Starts a private Redis on loopback; stop() also deletes its data.
 * @param appendOnly whether a restart after kill() finds every acknowledged write again
 */
export async function startRedis({ appendOnly = false } = {}): Promise<Redis> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-redis-'))
  const port = await freePort()
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    // One for each test hall: what halls keep in Redis would meet otherwise.
    databases: '4096',
    appendonly: appendOnly ? 'yes' : 'no',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  }

  const service = await launch({
    name: 'Redis',
    command: findOrInstall('redis'),
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    ready: /Ready to accept connections/,
    stopSignal: 'SIGTERM',
  })

  return {
    ...service,
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      await service.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
