import { cpSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { businessDay, dayStart } from '#domain/calendar.ts'
import { isFinal, TRANSITIONS } from '#domain/transition.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { DEMO_HALL } from '#server/demo.ts'
import { makePractice, type Practice, RealHall } from '#server/practice.ts'
import { applyHall, currentHall, Refused } from '#setup/hall-apply.ts'
import { Client } from '#test/harness/client.ts'
import { MODES, PASSWORD, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import type { Log } from '#test/harness/log-check.ts'
import { readLog } from '#test/harness/log-read.ts'
import { runProgram } from '#test/harness/program.ts'
import { virtualStaff } from '#virtual/accounts.ts'
import { Crowd, NotPractice } from '#virtual/crowd.ts'
import { live } from '#virtual/live.ts'
import { randomOf } from '#virtual/random.ts'

const HOUR = 3_600_000
const zone = 'Asia/Shanghai'
const printer = { id: 'front', address: { host: '192.168.1.50', port: 9100 }, paper: 80, kiosks: [] } as const
const withPrinter = {
  ...DEMO_HALL,
  site: { ...DEMO_HALL.site, printers: [{ ...printer, characters: 'gb18030' as const, kiosks: [] }] },
}
const practice: Practice = {
  hall: withPrinter,
  pictures: [],
  anew: false,
  staff: virtualStaff,
  password: PASSWORD,
}

function enter(hall: TestHall, seed: number): Promise<Crowd> {
  return Crowd.enter({
    url: hall.running.url,
    password: PASSWORD,
    speed: 1,
    random: randomOf(seed),
    newKey: () => crypto.randomUUID(),
    now: hall.running.parts.hall.now,
    atFirst: 6,
    onError: (error) => {
      throw error
    },
  })
}

/** What is wrong in the books: histories with gaps or jumps, and counters with two residents at once. */
function faultsOf({ legs, intervals }: Log): string[] {
  const verbs = Object.values(TRANSITIONS)
  const faults: string[] = []
  for (const { id, number, state } of legs) {
    const own = intervals.filter(({ legId }) => legId === id).sort((a, b) => a.seq - b.seq)
    for (const [i, { state: is, from }] of own.entries()) {
      const before = own[i - 1]
      if (!before) continue
      if (before.to !== from) faults.push(`${number}: a gap before ${is}`)
      const allowed = verbs.some((verb) => verb.from.includes(before.state) && verb.to.includes(is))
      if (!allowed) faults.push(`${number}: ${is} after ${before.state}`)
    }
    if (own.at(-1)?.state !== state) faults.push(`${number}: its history does not end as ${state}`)
  }
  const taken = intervals.filter(({ state }) => state === 'called' || state === 'serving')
  for (const [i, one] of taken.entries()) {
    const twice = taken.slice(i + 1).some((other) => {
      const elsewhere = other.legId === one.legId || other.counterId !== one.counterId
      return !elsewhere && one.from < (other.to ?? Infinity) && other.from < (one.to ?? Infinity)
    })
    if (twice) faults.push(`${one.counterId}: two at once at ${one.seq}`)
  }
  return faults
}

describe.each(MODES)('a practice hall, %s', (mode) => {
  let hall: TestHall

  beforeAll(async () => {
    hall = await startHall(mode, { practice, variables: { PUBLIC_URL: 'http://hall.test' } })
  })
  afterAll(() => hall.stop())

  it('[PRACTICE1] [PRACTICE3] is marked for every screen, prints nowhere, and enrols its own screens', async () => {
    const kiosk = await hall.enrol('kiosk')
    expect((await kiosk.get(`/sites/${SITE}`)).body).toMatchObject({ practice: true, demo: true })
    const supervisor = await hall.signIn('supervisor')
    expect((await supervisor.get(`/sites/${SITE}`)).body).toMatchObject({ practice: true })
    const { body } = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'housing' })
    const code = body.trackUrl.split('#')[1]
    expect((await hall.stranger().get(`/track/${code}`)).body).toMatchObject({ practice: true })
    const settings = await currentHall(hall.running.parts.hall.database.query, SITE)
    expect(settings?.site).toMatchObject({ practice: true, printers: [] })
  })

  it('[PRACTICE2] the mark is said when a hall is made and never changes, whichever way round', async () => {
    const { database } = hall.running.parts.hall
    const how = { now: hall.running.parts.hall.now(), actor: 'operator:test', at: null, password: PASSWORD }
    const before = await currentHall(database.query, SITE)
    await expect(applyHall(database, DEMO_HALL, how)).rejects.toThrow(Refused)
    expect(await currentHall(database.query, SITE)).toEqual(before)
  })

  it('[PRACTICE4] [PRACTICE5] [PRACTICE6] [HELP13] over a fast day residents and clerks live every life, a person’s counter is theirs alone, and the books are right', async () => {
    const { database, now } = hall.running.parts.hall
    const day = businessDay(Date.now() + 24 * HOUR, zone)
    hall.clock.ahead = dayStart(day, zone) + 9 * HOUR - Date.now()
    const person = await hall.signIn('counter2')
    const crowd = await enter(hall, 13)
    const end = now() + 1.6 * HOUR
    let tookOver = false
    for (let at = crowd.dueAt(); at !== null && at < end; at = crowd.dueAt()) {
      hall.clock.ahead += Math.max(0, at - now())
      await crowd.step()
      if (!tookOver && at > end - 0.6 * HOUR) {
        tookOver = true
        const taken = await person.post('/counters/c2/open', { takeOver: true })
        expect(taken.status).toBe(200)
      }
    }
    crowd.closeDoor()
    const lives = ['issue', 'call-next', 'start', 'complete', 'recall', 'no-show', 'rejoin', 'give-up']
    const more = [
      'ask-why',
      'hold',
      'resume',
      'add-service',
      'transfer',
      'open',
      'ask-help',
      'answer-help',
      'help-done',
    ]
    expect([...lives, ...more].filter((life) => !crowd.tally[life])).toEqual([])
    expect(crowd.tally.failed).toBeUndefined()

    const board = (await person.get(`/sites/${SITE}/board`)).body as StaffBoard
    expect(board.counters.c2?.staffId).toBe((await person.get('/session')).body.accountId)
    expect(Object.values(board.counters).every(({ status }) => status === 'open')).toBe(true)
    const log = await readLog(database, SITE)
    expect(faultsOf(log)).toEqual([])
    const since = log.entries.find(
      ({ type, counters }) =>
        type === 'counter:opened' &&
        counters[0]?.id === 'c2' &&
        counters[0].staffId === board.counters.c2?.staffId,
    )
    const called = log.entries.filter(
      ({ seq, type, legs }) =>
        seq > (since?.seq ?? 0) &&
        type === 'ticket:called' &&
        legs.some(({ counterId }) => counterId === 'c2'),
    )
    expect(called).toEqual([])
    const open = log.legs.filter(({ state }) => !isFinal(state))
    expect(open.map(({ id }) => id).sort()).toEqual(Object.keys(board.legs).sort())
    const ended = new Set(log.legs.map(({ state }) => state))
    expect([...ended]).toEqual(expect.arrayContaining(['completed', 'cancelled', 'transferred']))
    expect(new Set(log.legs.map(({ ticketId }) => ticketId)).size).toBe(Object.keys(log.days).length)
    expect(log.legs.length).toBeGreaterThan(40)
  })

  it('[PRACTICE5] on the hall’s own clock they hear what people do there, and end when they are told', async () => {
    const { now } = hall.running.parts.hall
    const crowd = await enter(hall, 12)
    const people = live(hall.running.url, crowd, now)
    const before = crowd.seq
    const kiosk = await hall.enrol('kiosk')
    await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'legal-advice' })
    await expect.poll(() => crowd.seq).toBeGreaterThan(before)
    await people.stop()
  })
})

describe.each(MODES)('a real hall, %s', (mode) => {
  let hall: TestHall
  afterEach(() => hall.stop())

  it('[PRACTICE3] without the mark is refused, by the start and by the virtual people, and nothing in it has changed', async () => {
    hall = await startHall(mode)
    const { database, now } = hall.running.parts.hall
    const before = [await currentHall(database.query, SITE), await readLog(database, SITE)]
    await expect(makePractice(database, practice, now())).rejects.toThrow(RealHall)
    expect([await currentHall(database.query, SITE), await readLog(database, SITE)]).toEqual(before)
    // Even with accounts of the same names.
    const accounts = [...DEMO_HALL.accounts, ...virtualStaff(DEMO_HALL)]
    const how = { now: now(), actor: 'operator:test', at: null, password: PASSWORD }
    await applyHall(database, { ...DEMO_HALL, accounts }, how)
    const log = await readLog(database, SITE)
    await expect(enter(hall, 1)).rejects.toThrow(NotPractice)
    expect(await readLog(database, SITE)).toEqual(log)
    expect(await database.query('select id from nuanhao.device')).toEqual([])
  })
})

describe('npm run demo', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-practice-start-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const start = (...args: string[]) =>
    runProgram('virtual/main.ts', { TMPDIR: folder, DEMO_PASSWORD: PASSWORD }, ['--port', '0', ...args])

  it('[PRACTICE7] [PRACTICE6] opens a living hall, says how to get in, and Ctrl-C leaves nothing of it', async () => {
    const program = start('--speed', '20', '--seed', '4')
    const output = await program.printed(/nothing of it is kept/)
    const client = new Client(/(http:\/\/127\.0\.0\.1:\d+)\/kiosk\//.exec(output)?.[1] ?? '')
    await client.signIn('supervisor', PASSWORD)
    const board = async () => (await client.get(`/sites/${SITE}/board`)).body as StaffBoard
    expect(Object.keys((await board()).legs).length).toBeGreaterThan(4)
    const called = async () => Object.values((await board()).legs).some(({ calls }) => calls > 0)
    await expect.poll(called, { timeout: 60_000 }).toBe(true)
    program.process.kill('SIGINT')
    expect(await program.ended).toMatchObject({ code: 0 })
    expect(readdirSync(folder).filter((name) => name.startsWith('nuanhao'))).toEqual([])
  })

  it('[PRACTICE3] refuses the folder of a real hall, and what it does not understand', async () => {
    const data = join(folder, 'real')
    cpSync(inject('folders').demo, data, { recursive: true })
    const refused = await start('--data', data).ended
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('这里不是练习大厅')
    expect(refused.output).not.toMatch(/\n\s+at /)
    expect((await start('--fast').ended).output).toContain('npm run demo -- --port 8100 --data practice')
  })
})
