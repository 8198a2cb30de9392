// Loads the module whose interface is extended below.
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '#test/parts/postgres.ts'
import { startRedis } from '#test/parts/redis.ts'

declare module 'vitest' {
  /** What contract tests get by `inject('postgresUrl')`. */
  export interface ProvidedContext {
    /** The server: make a database of your own on it with createDatabase(). */
    postgresUrl: string
    /** Shared by all files: use a key prefix of your own, and start another Redis to kill or flush one. */
    redisUrl: string
  }
}

/** Starts PostgreSQL and Redis once for all contract tests. */
export default async function setup(project: TestProject) {
  const postgres = await startPostgres()
  const redis = await startRedis()
  project.provide('postgresUrl', postgres.url)
  project.provide('redisUrl', redis.url)

  return async () => {
    await redis.stop()
    await postgres.stop()
  }
}
