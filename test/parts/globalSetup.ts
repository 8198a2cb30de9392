// Loads the module whose interface is extended below.
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '#test/parts/postgres.ts'
import { startRedis } from '#test/parts/redis.ts'
import { makeDatabases, makeFolders, type Templates } from '#test/parts/templates.ts'

declare module 'vitest' {
  /** What contract tests get by `inject('postgresUrl')`. */
  export interface ProvidedContext {
    /** The server: make a database of your own on it with createDatabase(). */
    postgresUrl: string
    /** Shared by all files: use a key prefix of your own, and start another Redis to kill or flush one. */
    redisUrl: string
    /** Data folders of the embedded mode, to be copied. */
    folders: Templates
    /** Databases on that PostgreSQL, for createDatabase(). */
    databases: Templates
  }
}

/** Starts PostgreSQL and Redis once for all contract tests. */
export default async function setup(project: TestProject) {
  const postgres = await startPostgres()
  const redis = await startRedis()
  project.provide('postgresUrl', postgres.url)
  project.provide('redisUrl', redis.url)
  const { remove, folders } = await makeFolders()
  project.provide('folders', folders)
  project.provide('databases', await makeDatabases(postgres.url))

  return async () => {
    await redis.stop()
    await postgres.stop()
    await remove()
  }
}
