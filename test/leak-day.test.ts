import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { TOLD, type Who } from '#server/policy.ts'
import { ROUTES } from '#server/routes.ts'
import { KINDS } from '#store/audit-search.ts'
import { MODES } from '#test/harness/hall.ts'
import { type Day, liveDay, missingAskers } from '#test/leak/day.ts'
import { CONFIDED, type Mark, markOf, type Whom, WORDS } from '#test/leak/marks.ts'
import { backupOf, columnsOf, dumpOf, filesOf, printedBy } from '#test/leak/places.ts'
import { isIn, leaks, type Place } from '#test/leak/search.ts'
import { type Stage, setStage } from '#test/leak/stage.ts'

describe.each(MODES)('what becomes of what was confided, %s', (mode) => {
  let stage: Stage
  let day: Day
  const places: Place[] = []

  beforeAll(async () => {
    stage = await setStage(mode)
    day = await liveDay(stage, async (database) => void places.push(...(await columnsOf(database))))
    places.push(...day.book.places, ...(await backupOf(stage)))
    const { server, worker, redis, environment, withDatabase } = stage
    if (redis) {
      places.push({ kind: 'job', name: 'all that Redis was told', whom: 'nobody', text: redis.said() })
      places.push({ kind: 'job', name: 'what Redis holds', whom: 'nobody', text: await redis.holds() })
    }
    await Promise.all([server.stop(), worker?.stop()])
    places.push(...printedBy('server', server.output()))
    if (worker) places.push(...printedBy('worker', worker.output()))
    if (stage.ownerUrl !== null) places.push(...dumpOf(stage.ownerUrl))
    else {
      places.push(...(await withDatabase(columnsOf)))
      places.push(...filesOf(environment.DATA_DIR))
    }
  }, 300_000)
  afterAll(() => stage.close())

  it('[LEAK2] the day drives every route and hears every event, as everybody', () => {
    const routes = ROUTES.map(({ method, path }) => `${method} ${path}`)
    expect(routes.filter((route) => !day.book.done.has(route))).toEqual([])
    expect([...day.book.events].sort()).toEqual(Object.keys(TOLD).sort())
    expect(missingAskers(day.book)).toEqual([])
  })

  it('[AUDIT9] whatever was done in that day is found by a kind', async () => {
    const { refused: _, program: __, ...kinds } = KINDS
    const rows = await stage.withDatabase(({ query }) =>
      query<{ action: string; found: boolean }>(
        `select distinct action, action like any ($1) as found from nuanhao.audit where site_id <> '' and result = 'done'`,
        [Object.values(kinds).flat()],
      ),
    )
    expect(rows.filter(({ found }) => !found)).toEqual([])
    const actions = rows.map(({ action }) => action)
    expect(actions).toEqual(
      expect.arrayContaining(['resident:exported', 'resident:erased', 'identity:matched', 'need:read']),
    )
  })

  it('[ROLE4] over sockets everybody is told what the table says, and nothing else', () => {
    const heard = new Set<string>()
    for (const { kind, name, whom } of places) {
      const [, event] = /^(\S+) of the \w+ view$/.exec(name) ?? []
      if (kind !== 'event' || event === undefined || event === 'refusal') continue
      const who = (whom === 'counter' || whom === 'other-counter' ? 'staff' : whom) as Who
      heard.add(event)
      expect(TOLD[event as keyof typeof TOLD], `${event} to ${whom}`).toContain(who)
    }
    expect([...heard].sort()).toEqual(Object.keys(TOLD).sort())
  })

  it('[LEAK2] every field that the dictionary calls confided is marked, and whoever may read it does', () => {
    const marked = new Set(day.marks.map(({ field }) => field))
    expect(CONFIDED.filter((field) => !marked.has(field))).toEqual([])
    const answers = places.filter(({ kind }) => ['answer', 'event', 'sheet'].includes(kind))
    const unread = day.marks.filter((mark) => CONFIDED.includes(mark.field) && !isIn(mark, answers))
    expect(unread.map(({ field }) => field)).toEqual([])
    for (const kind of [
      'answer',
      'event',
      'log',
      'metrics',
      'url',
      'paper',
      'webhook',
      'sheet',
      'column',
      'backup',
    ])
      expect(
        places.some((place) => place.kind === kind && place.text.length > 20),
        kind,
      ).toBe(true)
    expect(places.some(({ kind }) => kind === (mode === 'services' ? 'job' : 'file'))).toBe(true)
  })

  it('[LEAK2] it is told only to whom the dictionary says, and stands in the clear only where it says', () => {
    expect(leaks(day.marks, places)).toEqual([])
  })

  it('[ROLE7] [LEAK2] what staff read of single numbers stands in no answer, event or sheet for those who only look', () => {
    const told = (whom: Whom[]) =>
      places.filter(({ kind, whom: to }) => ['answer', 'event', 'sheet'].includes(kind) && whom.includes(to))
    const marks = day.marks.filter(({ field }) =>
      /^leg\.(credit|v|stint|skill|noted|prepare|hold|papers)$/.test(field),
    )
    expect(marks).toHaveLength(8)
    const looking = told(['administrator', 'director', 'api-key:report'])
    for (const kind of ['answer', 'event', 'sheet'])
      expect(looking.some((place) => place.kind === kind)).toBe(true)
    for (const mark of marks) {
      expect(isIn(mark, told(['supervisor', 'auditor', 'counter'])), mark.field).toBe(true)
      expect(isIn(mark, looking), mark.field).toBe(false)
    }
  })

  it('[LEAK2] a leak is found in every kind of place, however it is written, with its field and place', () => {
    const mark = markOf('private_record.contact.name', WORDS.name)
    const ways = [
      WORDS.name,
      encodeURIComponent(WORDS.name),
      JSON.stringify(`x${WORDS.name}`),
      Buffer.from(`ab${WORDS.name}c`).toString('base64'),
      Buffer.from(WORDS.name).toString('hex'),
    ]
    const kinds = new Map(places.map((place) => [`${place.kind} ${place.whom}`, place]))
    for (const place of kinds.values()) {
      if (mark.told.has(place.whom)) continue
      for (const way of ways) {
        const leaky = { ...place, text: `${place.text} ${way} ` }
        expect(leaks([mark], [leaky])).toEqual([
          `private_record.contact.name in ${place.kind} ${place.name}, told to ${place.whom}`,
        ])
      }
    }
    const secrets: Mark[] = day.marks.filter(({ told, word }) => told.size < 2 && word.length > 10)
    expect(secrets.length).toBeGreaterThan(10)
    for (const one of secrets) {
      expect(
        leaks([one], [{ kind: 'log', name: 'a line', whom: 'nobody', text: `… ${one.word}` }]),
      ).toHaveLength(1)
    }
  })

  it('[LEAK2] a leak is found where it really lies: a row, a dump, a backup, a file, a line, Redis', async () => {
    const { environment, withDatabase, folder, redis } = stage
    const field = 'private_record.contact.name'
    const mark = markOf(field, WORDS.name)
    const where = (kind: Place['kind'], found: Place[]) =>
      leaks(
        [mark],
        found.filter((place) => place.kind === kind),
      )
    const row = [`${field} in column ticket.farewell, told to nobody`]
    const planted = await withDatabase(async (database) => {
      await database.query(`update nuanhao.ticket set farewell = jsonb_build_object('en', $1::text)`, [
        WORDS.name,
      ])
      return columnsOf(database)
    })
    expect(where('column', planted)).toEqual(row)
    if (stage.ownerUrl !== null) expect(where('column', dumpOf(stage.ownerUrl))).toEqual(row)
    expect(where('column', await backupOf(stage, 'planted.age'))).toEqual(row)
    const left = join(folder, 'left')
    mkdirSync(left)
    writeFileSync(join(left, 'a-file'), Buffer.concat([Buffer.of(0xe7, 0, 0xff), Buffer.from(WORDS.name)]))
    expect(where('file', filesOf(left))).toEqual([`${field} in file a-file, told to nobody`])
    const line = `{"level":30,"msg":${JSON.stringify(WORDS.name)}}`
    expect(where('log', printedBy('server', line))).toEqual([
      `${field} in log log of the server, told to nobody`,
    ])
    if (!redis || environment.REDIS_URL === undefined) return
    const client = new Redis(environment.REDIS_URL)
    await client.set('left', WORDS.name)
    client.disconnect()
    const inRedis = (text: string) =>
      expect(where('job', [{ kind: 'job', name: 'Redis', whom: 'nobody', text }])).toEqual([
        `${field} in job Redis, told to nobody`,
      ])
    inRedis(await redis.holds())
    // What it was told comes over a connection of its own, a little later than the answer.
    await vi.waitFor(() => inRedis(redis.said()), 5_000)
  })
})
