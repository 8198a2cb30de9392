import { createWriteStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectEmbedded, connectRedis } from '#line/connection.ts'
import { reconcile } from '#line/reconcile.ts'
import type { PublicBoard, StaffBoard } from '#protocol/board.ts'
import { SESSION_COOKIE } from '#server/principal.ts'
import { type BackupKey, readBackupKey } from '#settings/backup-key.ts'
import type { Environment } from '#settings/environment.ts'
import { newKeyFile, readKeyFile } from '#settings/key-file.ts'
import { turnVolume } from '#store/audit-heads.ts'
import { auditOf, type Head, verifyAudit } from '#store/audit-verify.ts'
import { BadBackup, Refused } from '#store/backup/format.ts'
import { restoreBackup } from '#store/backup/restore.ts'
import { newBackupKey, readSealed, writeSealed } from '#store/backup/sealed-file.ts'
import { takeBackup, verifyBackup } from '#store/backup/take.ts'
import { DATA_DICTIONARY } from '#store/data-dictionary.ts'
import type { Database } from '#store/database.ts'
import type { EmbeddedDatabase } from '#store/embedded.ts'
import { lastSeq } from '#store/events.ts'
import { insertSession } from '#store/sessions.ts'
import { newToken } from '#store/tokens.ts'
import { GRAND_SITE, type GrandHall, makeGrandHall } from '#test/harness/grand-hall.ts'
import { MODES, startHall, type TestHall } from '#test/harness/hall.ts'
import { LineView } from '#test/harness/line-compare.ts'
import { Load } from '#test/harness/load.ts'
import { checkLog } from '#test/harness/log-check.ts'
import { readLog } from '#test/harness/log-read.ts'
import { emptyPlace, killNearTheEnd, rowsOf, schemaOf } from '#test/harness/place.ts'
import { runProgram } from '#test/harness/program.ts'
import { Screen } from '#test/harness/screen.ts'
import { aged } from '#test/harness/unguarded.ts'

const SITE = GRAND_SITE.id
const SERVICES = GRAND_SITE.services.map(({ id }) => id)
/** Numbers of the day that each lane leaves. */
const SKIP = 100

describe.each(MODES)('a hall that is backed up while it lives, %s', (mode) => {
  let folder: string
  let hall: TestHall
  let grand: GrandHall
  let key: BackupKey
  /** Made while commands were carried out, and while none was. */
  let lively: string
  let quiet: string
  /** Every table when the quiet one was made. */
  let stood: Record<string, string[]>
  let schema: string[]
  /** Of the audit. */
  let heads: Head[]
  /** A ticket that waits, with the code of its link. */
  let waits: { id: string; number: string; code: string }
  let display: Screen<PublicBoard>
  /** Answers while the lively one was made. */
  let meanwhile = 0
  /** The number of the last event in the quiet one, and of the last there was. */
  const ended = { quiet: 0, old: 0 }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-backup-'))
    writeFileSync(join(folder, 'hall.key'), newKeyFile(), { mode: 0o600 })
    const made = await newBackupKey()
    writeFileSync(join(folder, 'backup.key'), `# a remark\n${made.secret}\n`)
    key = readBackupKey(join(folder, 'backup.key'))
    lively = join(folder, 'lively.age')
    quiet = join(folder, 'quiet.age')
    hall = await startHall(mode, {
      variables: { DEMO: '0', KEY_FILE: join(folder, 'hall.key'), PUBLIC_URL: 'https://hall.example' },
    })
    const { database } = hall.running.parts.hall
    grand = await makeGrandHall(database, { kiosks: 3, consoles: 1 }, Date.now())
    const [token = ''] = grand.kiosks
    display = new Screen(hall.running.url, 'public', SITE, { token })
    const load = new Load({
      urls: [hall.running.url],
      hall: grand,
      serviceIds: SERVICES,
      tickets: null,
      backlog: 40,
      seed: 5,
    })
    const living = load.run()
    await load.more(200)
    const answered = load.answered
    const backup = await program('scripts/backup.ts', [lively]).ended
    meanwhile = load.answered - answered
    expect(backup).toMatchObject({ code: 0 })
    await load.hold()
    const kiosk = hall.stranger().withToken(token)
    const { body } = await kiosk.post(`/sites/${SITE}/tickets`, {
      serviceId: 'housing',
      care: { need: 'pregnant' },
      contact: { name: '王小明标记甲', phone: '13800009999' },
    })
    waits = { ...body.ticket, code: body.trackUrl.split('#')[1] }
    // A month goes by: the audit has a second volume, and where its chains went over.
    await aged(database, 40 * 86_400_000)
    expect(await turnVolume(database, Date.now())).toBe(2)
    await takeBackup({
      environment: hall.environment,
      to: quiet,
      key,
      keep: null,
      program: '1',
      now: Date.now(),
    })
    stood = await rowsOf(database)
    schema = await schemaOf(database)
    heads = (await auditOf(database.query).state()).ends
    ended.quiet = (await lastSeq(database, SITE)) ?? 0
    load.resume()
    load.finish()
    expect((await living).faults).toEqual([])
    ended.old = (await lastSeq(database, SITE)) ?? 0
    await display.reached(ended.old)
    display.close()
  })
  afterAll(async () => {
    await hall.stop()
    await rm(folder, { recursive: true })
  })

  /** `npm run backup` or `restore` with the settings of the hall, or of another one. */
  function program(
    entry: string,
    args: string[],
    { DATABASE_URL = '', REDIS_URL = '', DATA_DIR } = hall.environment,
  ) {
    const variables = { DATA_DIR, DATABASE_URL, REDIS_URL }
    return runProgram(
      entry,
      { ...variables, KEY_FILE: join(folder, 'hall.key'), BACKUP_KEY: join(folder, 'backup.key') },
      args,
    )
  }

  const restoring = (environment: Environment, file: string) => ({
    environment,
    file,
    key,
    keys: readKeyFile(join(folder, 'hall.key'), false),
    skip: SKIP,
    erased: null,
    now: Date.now(),
    actor: 'operator:test',
  })

  it('[BACKUP2] is backed up while its commands go on', () => {
    expect(meanwhile).toBeGreaterThan(10)
    if (mode === 'embedded')
      expect(readdirSync(hall.environment.DATA_DIR).sort()).toEqual(['control.sock', 'lock', 'pg'])
  })

  it('[BACKUP1] [BACKUP6] is brought back as of one commit; killed near the end, nothing of it is there', async () => {
    const place = await emptyPlace(mode, join(folder, 'killed'), hall.environment.KEY_FILE)
    try {
      const restore = (file: string) => program('scripts/restore.ts', [file], place.environment)
      await killNearTheEnd(lively, restore)
      expect(await place.isEmpty()).toBe(true)
      const { code, output } = await restore(lively).ended
      expect([code, output]).toEqual([0, expect.stringContaining('Brought back')])
      // A second time it is refused, and what is there stays as it is.
      expect(await restore(lively).ended).toMatchObject({ code: 1, output: expect.stringContaining('empty') })
      const database = await place.open()
      const { database: source } = hall.running.parts.hall
      const [before, after] = [await readLog(source, SITE), await readLog(database, SITE)]
      // Each row is as the events up to the last one say, and these are the same that the hall went on from.
      expect(after.entries.length).toBeGreaterThan(100)
      expect(checkLog(after, null)).toEqual([])
      expect(after.entries).toEqual(before.entries.slice(0, after.entries.length))
      const [kept, all] = [await rowsOf(database), await rowsOf(source)]
      for (const table of ['account', 'device', 'counter_lane', 'private_record', 'ticket', 'idempotency']) {
        const rows = new Set(all[table]?.map(unheard))
        expect(kept[table]?.filter((row) => !rows.has(unheard(row)))).toEqual([])
      }
      await database.close()
    } finally {
      await place.remove()
    }
  })

  it('[BACKUP3] a backup has no key of the hall in it, and what was confided only sealed', async () => {
    const text = await readSealed(quiet, key, async (lines) => {
      let all = ''
      for await (const line of lines) all += `${line}\n`
      return all
    })
    const { keys, codes } = JSON.parse(readFileSync(join(folder, 'hall.key'), 'utf8'))
    const secrets = [...Object.values<string>(keys), codes].flatMap((secret) => {
      const bytes = Buffer.from(secret, 'base64')
      return [
        secret.replace(/=+$/, ''),
        bytes.toString('hex'),
        bytes.toString('base64url'),
        bytes.toString('latin1'),
      ]
    })
    const found = [...secrets, '王小明标记甲', '13800009999', 'pregnant', waits.code].filter((mark) =>
      text.includes(mark),
    )
    expect(found).toEqual([])
    expect(text).toContain(waits.id)
    // Who is signed in is not in it.
    expect(text).not.toContain('"table":"session"')
    expect(readFileSync(quiet).includes(SITE)).toBe(false)
    expect(statSync(quiet).mode & 0o777).toBe(0o600)
  })

  it('[BACKUP4] [BACKUP6] [BACKUP10] refused: changed, cut off, another key, another KEY_FILE, a later program, a place that is not empty; nothing changes', async () => {
    const place = await emptyPlace(mode, join(folder, 'refused'), hall.environment.KEY_FILE)
    try {
      const bytes = readFileSync(quiet)
      const file = (name: string, content: Buffer) => {
        writeFileSync(join(folder, name), content)
        return join(folder, name)
      }
      const flipped = Buffer.from(bytes)
      flipped[bytes.length - 40_000] = (flipped[bytes.length - 40_000] ?? 0) ^ 1
      const bad = [
        file('flipped', flipped),
        file('cut-off', bytes.subarray(0, -1)),
        // At the end of a chunk: what is there is right, and the mark of the last is missing.
        file('fewer', bytes.subarray(0, endOfChunk(bytes))),
        file('continued', Buffer.concat([bytes, bytes.subarray(-500)])),
        file('empty', Buffer.alloc(0)),
      ]
      for (const each of bad) await expect(verifyBackup(each, key)).rejects.toThrow(BadBackup)
      const wrong: BackupKey = { kind: 'secret', keys: [(await newBackupKey()).secret] }
      await expect(verifyBackup(quiet, wrong)).rejects.toThrow('another one')
      expect((await verifyBackup(quiet, key)).rows.ticket).toBe(stood.ticket?.length)

      const asked = restoring(place.environment, bad[2] ?? '')
      await expect(restoreBackup(asked)).rejects.toThrow(BadBackup)
      expect(await place.isEmpty()).toBe(true)
      // The same code for both; embedded every try makes a database.
      if (mode === 'services') {
        const later = await rewritten(quiet, (line) => line.replace('0001-hall.sql', '9999-later.sql'))
        await expect(restoreBackup({ ...asked, file: later })).rejects.toThrow('update the program')
        expect(await place.isEmpty()).toBe(true)
      }
      const strange = readKeyFile(join(folder, 'strange.key'), true)
      await expect(restoreBackup({ ...asked, file: quiet, keys: strange })).rejects.toThrow(
        '--without-key-file',
      )
      expect(await place.isEmpty()).toBe(true)
      if (mode === 'services') {
        await restoreBackup({ ...asked, file: quiet, keys: null })
        const database = await place.open()
        const rows = await rowsOf(database)
        await database.close()
        expect(stood.private_record?.length).toBeGreaterThan(0)
        expect([rows.private_record, rows.data_key]).toEqual([[], []])
        expect(JSON.stringify(rows)).not.toMatch(/"(sealed|wrapped)\\": \\"/)
        expect(rows.ticket).toEqual(stood.ticket)
      }
      await expect(restoreBackup(restoring(hall.environment, quiet))).rejects.toThrow(
        mode === 'embedded' ? 'is in use' : Refused,
      )
    } finally {
      await place.remove()
    }
  })

  it('[BACKUP1] [APIKEY4] every table there is is in a backup, but for who is signed in and keys of programs, and none lies elsewhere', async () => {
    const { database } = hall.running.parts.hall
    const tables = await database.query<{ schema: string; name: string }>(
      `select relnamespace::regnamespace::text as schema, relname as name from pg_class
        where relkind in ('r', 'p', 'm', 'f') and not relispartition
          and relnamespace::regnamespace::text !~ '^(pg_|information_schema|bullmq)'`,
    )
    expect(tables.filter(({ schema }) => schema !== 'nuanhao')).toEqual([])
    const { rows } = await verifyBackup(quiet, key)
    for (const name of ['session', 'api_key', 'setup_code']) expect(Object.keys(rows)).not.toContain(name)
    const there = new Set([
      ...Object.keys(rows).map(unquoted),
      'session',
      'api_key',
      'setup_code',
      'migration',
    ])
    expect(tables.map(({ name }) => name).toSorted()).toEqual([...there].toSorted())
    expect([...new Set(DATA_DICTIONARY.map(({ table }) => table))].toSorted()).toEqual([...there].toSorted())
  })

  const other = mode === 'embedded' ? 'services' : 'embedded'

  it(`[BACKUP1] [BACKUP7] [BACKUP9] is brought back into ${other} mode with every row, and its day goes on`, async () => {
    const port = new URL(hall.running.url).port
    await hall.running.stop()
    const now = Date.now()
    const again = await startHall(other, {
      variables: {
        DEMO: '0',
        PORT: port,
        KEY_FILE: join(folder, 'hall.key'),
        PUBLIC_URL: 'https://hall.example',
      },
      before: (environment) => restoreBackup({ ...restoring(environment, quiet), now }),
    })
    try {
      const { database } = again.running.parts.hall
      sameRows(await rowsOf(database), now)
      expect(await schemaOf(database)).toEqual(schema)
      const audit = await verifyAudit(auditOf(database.query), now, heads)
      expect(audit).toMatchObject({ bad: null, ends: heads.map(({ siteId }) => ({ siteId })) })
      await expect(database.query('truncate nuanhao.audit_2')).rejects.toThrow('refused')
      await reconcile(again.running.parts.hall, true)
      expect(await lineDifferences(again)).toEqual([])
      const [token = ''] = grand.kiosks
      const kiosk = again.stranger().withToken(token)
      const { body } = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'housing' })
      expect(Number(body.ticket.number.slice(1))).toBe(Number(waits.number.slice(1)) + SKIP + 1)
      const page = await again.stranger().get(`/track/${waits.code}`)
      expect(page.body).toMatchObject({ number: waits.number, state: 'waiting' })
      const [old] = grand.consoles
      const clerk = again.stranger()
      clerk.cookie = old?.cookies[0] ?? ''
      expect((await clerk.get('/session')).status).toBe(401)

      const consoles = await signedIn(database, grand)
      await finishWhatLies(again, consoles)
      const day = new Load({
        urls: [again.running.url],
        hall: { ...grand, consoles },
        serviceIds: SERVICES,
        tickets: 150,
        backlog: 40,
        seed: 6,
      })
      const report = await day.run()
      expect(report.faults).toEqual([])
      const log = await readLog(database, SITE)
      // The one leap, and the numbers that each lane left.
      const found = checkLog(log, null).map(({ rule }) => rule)
      expect(found.filter((rule) => rule !== 'number-gap')).toEqual(['seq-gap'])
      expect(found.length).toBeLessThanOrEqual(1 + GRAND_SITE.lanes.length)

      // A screen that comes back only now has heard more of the old life than there is of the new one.
      expect(log.entries.length).toBeGreaterThan(ended.old)
      expect(ended.old).toBeGreaterThan(ended.quiet)
      const snapshots = display.snapshots
      display.socket.connect()
      await display.reached(log.entries.at(-1)?.seq ?? 0)
      expect(display.snapshots).toBe(snapshots + 1)
      expect(display.board).toEqual((await kiosk.get(`/sites/${SITE}/board`)).body)
    } finally {
      display.close()
      await again.stop()
    }
  })

  /** The backup with lines that say something else. */
  async function rewritten(file: string, how: (line: string) => string): Promise<string> {
    const lines: string[] = []
    await readSealed(file, key, async (all) => {
      for await (const line of all) lines.push(`${how(line)}\n`)
    })
    await writeSealed(Readable.from(lines), key, createWriteStream(`${file}.rewritten`))
    return `${file}.rewritten`
  }

  /** As when the quiet backup was made, but for what bringing it back adds. */
  function sameRows(rows: Record<string, string[]>, now: number): void {
    const { site, lane_sequence: numbers, audit, audit_chain: chain, device: devices, ...others } = rows
    const {
      site: siteThen,
      lane_sequence: numbersThen,
      audit: auditThen,
      audit_chain: chainThen,
      device: devicesThen,
      ...othersThen
    } = stood
    expect(others).toEqual(othersThen)
    expect(devices?.map(unheard)).toEqual(devicesThen?.map(unheard))
    const links = (all: string[] | undefined) => all?.map((row) => JSON.parse(row).n).sort((a, b) => a - b)
    expect(links(chain)).toEqual(links(chainThen)?.map((n) => (n === 0 ? 0 : n + 1)))
    expect(site?.map((row) => JSON.parse(row))).toEqual(
      siteThen?.map((row) => ({ ...JSON.parse(row), seq: now })),
    )
    const byLane = (all: string[] | undefined, further: number) =>
      Object.fromEntries(
        (all ?? [])
          .map((row) => JSON.parse(row))
          .map(({ lane_id, last, ...row }) => [lane_id, { ...row, last: last + further }]),
      )
    expect(byLane(numbers, 0)).toEqual(byLane(numbersThen, SKIP))
    expect(audit?.filter((row) => !auditThen?.includes(row)).map((row) => JSON.parse(row))).toMatchObject([
      { action: 'site:restored', actor: 'operator:test', at: now },
    ])
    expect(audit).toHaveLength((auditThen?.length ?? 0) + 1)
  }
})

/** A row as it is whether or not its screen has been heard since: that is written down behind its back. */
function unheard(row: string): string {
  return row.replace(/"seen_at": \w+/, '"seen_at": null')
}

/** As PostgreSQL's catalogue has a name. */
function unquoted(name: string): string {
  return name.replaceAll('"', '')
}

/** What the line lacks or has too much, seen from outside. */
async function lineDifferences({ environment, running }: TestHall): Promise<string[]> {
  const { database } = running.parts.hall
  const connection = environment.REDIS_URL
    ? connectRedis(environment.REDIS_URL, () => undefined)
    : await connectEmbedded(database as EmbeddedDatabase)
  const line = new LineView(database, connection)
  try {
    return [...(await line.differences())]
  } finally {
    await line.close()
    await connection.close()
  }
}

/** Completes whoever was at a counter when the backup was made: the load has nobody there to do it, and would wait for ever. */
async function finishWhatLies(hall: TestHall, consoles: GrandHall['consoles']): Promise<void> {
  for (const { counterId, cookies } of consoles) {
    const clerk = hall.stranger()
    clerk.cookie = cookies[0] ?? ''
    const { legs } = (await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard
    for (const leg of Object.values(legs)) {
      if (leg.counterId !== counterId || !['called', 'serving'].includes(leg.state)) continue
      expect((await clerk.post(`/tickets/${leg.ticketId}/complete`)).status).toBe(200)
    }
  }
}

/** New sessions for everybody at the counters. */
async function signedIn(database: Database, { consoles }: GrandHall): Promise<GrandHall['consoles']> {
  return Promise.all(
    consoles.map(async ({ counterId }) => {
      const token = newToken()
      await insertSession(
        database,
        { id: crypto.randomUUID(), token, accountId: `clerk-${counterId}` },
        Date.now(),
      )
      return { counterId, cookies: [`${SESSION_COOKIE}=${token}`] }
    }),
  )
}

/** The last place where a piece of the sealed file ends: each has 64 KiB and its tag, the first comes after the header and a nonce. */
function endOfChunk(bytes: Buffer): number {
  const first = bytes.indexOf('\n', bytes.indexOf('\n---') + 1) + 1 + 16
  const size = 64 * 1024 + 16
  return first + Math.floor((bytes.length - first) / size) * size
}
