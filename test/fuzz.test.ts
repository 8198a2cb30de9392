import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reconcile } from '#line/reconcile.ts'
import type { PublicBoard, StaffBoard } from '#protocol/board.ts'
import { type Fuzzed, fuzz } from '#test/fuzz/fuzz.ts'
import { fuzzSockets } from '#test/fuzz/sockets.ts'
import { setFuzzed } from '#test/fuzz/stage.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Screen } from '#test/harness/screen.ts'
import { brokenRules } from '#test/model/invariants.ts'

/** Of each mode; `npm run prove` asks for more. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 10_000)
const SOCKETS = 300
const seed = Number(process.env.FUZZ_SEED ?? 1)

describe.each(MODES)('whatever is sent, %s', (mode) => {
  let hall: TestHall
  let fuzzed: Fuzzed
  let wall: Screen<PublicBoard>
  let desk: Screen<StaffBoard>

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    wall = new Screen(hall.running.url, 'public', SITE, { token: (await hall.enrol('display')).token })
    // Of nobody who asks: they may end their own sign-ins.
    desk = new Screen(hall.running.url, 'staff', SITE, { cookie: (await hall.signIn('counter5')).cookie })
    await Promise.all([wall.reached(0), desk.reached(0)])
    // Once: what is sent may give somebody another password.
    fuzzed = await setFuzzed(hall)
  })
  afterAll(async () => {
    wall.close()
    desk.close()
    await hall.stop()
  })

  it(`[FUZZ1] [FUZZ2] requests never break anything, and change nothing when refused (FUZZ_SEED=${seed})`, {
    // Only a hang takes so long.
    timeout: 60_000 * (1 + REQUESTS / 1_000),
  }, async () => {
    const done = await fuzz(fuzzed, { requests: REQUESTS, seed })
    process.stdout.write(`${mode}, FUZZ_SEED=${seed}: ${JSON.stringify(done.statuses)}\n`)
    expect(done.failures.slice(0, 5)).toEqual([])
    expect(done.sent).toBe(REQUESTS)
    const operations = Object.entries(fuzzed.document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect([...done.operations].sort()).toEqual(operations.sort())
    // Enough of it was understood, and enough was not.
    expect((done.statuses['200'] ?? 0) + (done.statuses['201'] ?? 0)).toBeGreaterThan(REQUESTS / 20)
    expect(done.statuses['400'] ?? 0).toBeGreaterThan(REQUESTS / 20)
  })

  it('[FUZZ3] sockets neither', async () => {
    const failures = await fuzzSockets(fuzzed, { sockets: SOCKETS, seed })
    expect(failures).toEqual([])
  })

  it('[FUZZ4] and afterwards the hall is what it says, and screens never noticed', async () => {
    const { database, line, metrics } = hall.running.parts.hall
    expect(await brokenRules(database, SITE)).toEqual([])
    const supervisor = await hall.signIn('supervisor')
    const fresh = (await supervisor.get(`/sites/${SITE}/board`)).body as StaffBoard
    await Promise.all([wall.reached(fresh.seq), desk.reached(fresh.seq)])
    expect(desk.board).toEqual(fresh)
    expect([wall.snapshots, desk.snapshots]).toEqual([1, 1])
    expect(wall.seqs).toEqual(wall.seqs.map((_, at) => (wall.seqs[0] ?? 0) + at))
    await line.settled()
    metrics.mended.reset()
    await reconcile(hall.running.parts.hall, true)
    expect((await metrics.mended.get()).values.filter(({ value }) => value > 0)).toEqual([])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>).role).toBeUndefined()
    const worse = hall.log.filter((line) => JSON.parse(line).level >= 50)
    expect(worse).toEqual([])
    expect(await (await fetch(`${hall.running.url}/readyz`)).json()).toEqual({ status: 'ready' })
  })
})
