import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// Loads the module whose interface is extended below.
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { startPostgres } from '#test/parts/postgres.ts'
import { startRedis } from '#test/parts/redis.ts'

declare module 'vitest' {
  /** What contract tests get by `inject('postgresUrl')`. */
  export interface ProvidedContext {
    /** The server: make a database of your own on it with createDatabase(). */
    postgresUrl: string
    /** Shared by all files: use a key prefix of your own, and start another Redis to kill or flush one. */
    redisUrl: string
    /** An embedded database with the schema in it: copied, it saves each hall the seconds of a first boot. */
    embeddedTemplate: string
  }
}

/** Starts PostgreSQL and Redis once for all contract tests. */
export default async function setup(project: TestProject) {
  const postgres = await startPostgres()
  const redis = await startRedis()
  project.provide('postgresUrl', postgres.url)
  project.provide('redisUrl', redis.url)
  const template = await mkdtemp(join(tmpdir(), 'nuanhao-template-'))
  const database = await openEmbedded(template)
  await migrate(database)
  await database.close()
  project.provide('embeddedTemplate', template)

  return async () => {
    await redis.stop()
    await postgres.stop()
    await rm(template, { recursive: true, force: true })
  }
}
