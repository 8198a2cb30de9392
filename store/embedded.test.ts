import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as decide from '#domain/decide.ts'
import { execute, executeCall } from '#line/execute.ts'
import type { Hall } from '#line/hall.ts'
import { openHall } from '#line/open-hall.ts'
import { readEnvironment } from '#settings/environment.ts'
import type { Query } from '#store/database.ts'
import type { EmbeddedDatabase } from '#store/embedded.ts'
import { GRAND_SITE, makeGrandHall } from '#test/harness/grand-hall.ts'

describe('the embedded database', () => {
  let folder: string
  let opened: Awaited<ReturnType<typeof openHall>>
  let database: EmbeddedDatabase
  let hall: Hall
  /** For each commit, how often the disk was told to keep what was written before it returned. */
  const commits: number[] = []
  const clerk = { staffId: 'clerk-g1', supervises: false }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-durable-'))
    const environment = readEnvironment(
      { DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'key') },
      null,
    )
    opened = await openHall(environment, new Registry(), Date.now, (error) => {
      throw error
    })
    database = opened.database as EmbeddedDatabase
    // Only the commit itself is watched: what the line writes to the same disk afterwards must not count for it.
    const query: Query = async (text, values) => {
      const before = database.syncs()
      const rows = await database.query(text, values)
      if (text.includes('nuanhao.commit')) commits.push(database.syncs() - before)
      return rows as never
    }
    hall = { ...opened, database: { ...database, query } }
    await makeGrandHall(hall.database, { kiosks: 0, consoles: 0 }, Date.now())
  })
  afterAll(async () => {
    await opened.close()
    await rm(folder, { recursive: true, force: true })
  })

  const author = () => {
    const key = randomUUID()
    return { principal: 'staff:clerk-g1', key, digest: key }
  }
  const issue = () =>
    execute(hall, { siteId: GRAND_SITE.id }, author(), (situation, now) => {
      const id = randomUUID()
      const ticket = { id, codeHash: id, language: 'zh-CN', private: null } as const
      return decide.issue(situation, { serviceId: 'residence-permit', credit: 0, ticket }, now)
    })

  it('[LEAK3] an error of a statement does not hold the values it was asked with', async () => {
    const failing = database.query('select $1::text, 1 / (length($1) - 1)', ['X'])
    const error = await failing.catch((reason) => reason)
    expect(error.code).toBe('22012')
    expect(error).not.toHaveProperty('params')
    const inside = database.transaction((query) => query('select $1::text::int', ['王小明']))
    expect(await inside.catch((reason) => reason)).not.toHaveProperty('params')
  })

  it('[DURABLE1] tells the disk to keep every command before it is answered', async () => {
    await execute(hall, { counterId: 'g1' }, author(), (situation) => decide.openCounter(situation, clerk))
    for (let i = 0; i < 50; i++) await issue()
    for (let i = 0; i < 50; i++) {
      const { committed } = await executeCall(hall, GRAND_SITE.id, 'g1', author(), (situation, now) =>
        decide.callNext(situation, clerk, now),
      )
      const ticketId = committed.leg!.ticketId
      await execute(hall, { ticketId }, author(), (situation) => decide.complete(situation, clerk))
    }
    expect(commits).toHaveLength(151)
    expect(Math.min(...commits)).toBeGreaterThanOrEqual(1)
  })

  it('tells the disk nothing when nothing was written', async () => {
    const before = database.syncs()
    await hall.database.query('select count(*) from nuanhao.event')
    expect(database.syncs()).toBe(before)
  })
})
