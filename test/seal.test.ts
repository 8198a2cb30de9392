import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readKeyFile } from '#settings/key-file.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { runProgram } from '#test/harness/program.ts'
import { rewrapKeys } from '#worker/rewrap-keys.ts'

const NAME = '王小明'
const PHONE = '13800009999'
const NOTHING = { name: null, number: null, phone: null, need: null }

describe.each(MODES)('what residents confide, %s', (mode) => {
  let hall: TestHall
  let folder: string
  let file: string
  let kiosk: Client
  let clerk: Client
  let id: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nuanhao-seal-'))
    file = join(folder, 'key')
    readKeyFile(file, true)
    hall = await startHall(mode, { variables: { KEY_FILE: file, RATE_LIMITS: '1' } })
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    await clerk.post('/counters/c2/open')
  })
  afterAll(async () => {
    await hall.stop()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    const contact = { name: NAME, phone: PHONE }
    const body = { serviceId: 'residence-permit', care: { need: 'pregnant' }, contact }
    id = (await kiosk.post(`/sites/${SITE}/tickets`, body)).body.ticket.id
  })

  const query = <Row extends object>(text: string, values: unknown[] = []) =>
    hall.running.parts.hall.database.query<Row>(text, values)
  const call = async () => {
    await clerk.post('/counters/c2/call-next')
  }
  const done = () => clerk.post(`/tickets/${id}/complete`)
  const reveal = (what: string, purpose = 'reach-person', more: object = {}) =>
    clerk.post(`/tickets/${id}/reveal`, { what, purpose, ...more })
  const reasons = async () =>
    (
      await query<{ action: string; actor: string; reason: string }>(
        `select action, actor, reason from nuanhao.audit where subject = $1 and action like '%:read' and result = 'done'
          and action <> 'preparation:read' order by n`,
        [id],
      )
    ).map(({ action, actor, reason }) => [action, actor, reason])

  const everything = () => query('select * from nuanhao.audit order by site_id, n')

  it('[REVEAL1] [REVEAL2] [MASK1] is masked at its counter, shown one by one for a purpose, and each time that is written down', async () => {
    await call()
    const found = (await clerk.get(`/tickets/${id}/preparation`)).body
    expect(found).toMatchObject({ contact: { name: '王*', phone: '138****9999' }, need: true })
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${NAME}|${PHONE}|pregnant`))
    expect((await reveal('contact')).body).toEqual({ ...NOTHING, name: NAME, phone: PHONE })
    expect((await reveal('need', 'prepare')).body).toEqual({
      ...NOTHING,
      need: 'pregnant',
    })
    // Of what was not said there is nothing to read.
    expect((await reveal('identity')).body).toEqual(NOTHING)
    const actor = `staff:${(await query<{ id: string }>(`select id from nuanhao.account where username = 'counter2'`))[0]?.id}`
    expect(await reasons()).toEqual([
      ['contact:read', actor, 'reach-person'],
      ['need:read', actor, 'prepare'],
    ])
    for (const name of ['counter3', 'supervisor']) {
      const other = await hall.signIn(name)
      const asked = await other.post(`/tickets/${id}/reveal`, { what: 'contact', purpose: 'reach-person' })
      expect(asked.body.code).toBe('not-at-counter')
    }
    await done()
    expect((await reveal('contact')).body.code).toBe('not-at-counter')
  })

  it('[REVEAL3] a purpose is one of the list: no words of one’s own get anywhere', async () => {
    await call()
    for (const purpose of ['look-up', 'hand-over']) {
      expect((await reveal('contact', purpose)).body.phone).toBe(PHONE)
    }
    expect((await reasons()).map(([, , reason]) => reason)).toEqual(['look-up', 'hand-over'])
    const written = await everything()
    for (const [purpose, more] of [
      ['other', { words: '住在长寿路，一三八零零零零九九九九' }],
      ['other', {}],
      ['给王小明打电话', {}],
      ['reach-person', { words: NAME }],
    ] as const) {
      expect(await reveal('contact', purpose, more)).toMatchObject({
        status: 400,
        body: { code: 'malformed' },
      })
    }
    expect(await everything()).toEqual(written)
    await done()
  })

  it('[SEAL3] a new key is taken up by the running hall; what is old opens, is wrapped anew, and its contents are not touched', async () => {
    await call()
    const kept = () =>
      query<{ keyId: string; wrapped: string; sealed: string }>(
        `select k.key_id as "keyId", k.wrapped, p.sealed from nuanhao.data_key k
           join nuanhao.private_record p using (ticket_id) where ticket_id = $1 and k.kept = 'visit'`,
        [id],
      )
    const before = await kept()
    expect(before).toMatchObject([{ keyId: 'k1' }])
    copyFileSync(file, join(folder, 'before'))
    const key = async (...args: string[]) => {
      const { DATA_DIR, DATABASE_URL, REDIS_URL } = hall.environment
      const where = DATABASE_URL && REDIS_URL ? { DATABASE_URL, REDIS_URL } : { DATA_DIR }
      const { code, output } = await runProgram('scripts/key.ts', { ...where, KEY_FILE: file }, args).ended
      return { code, output }
    }
    expect((await key('forget', 'k1', file)).code).toBe(1)
    expect((await key('rotate', file)).code).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      current: 'k2',
      keys: { k1: expect.any(String) },
    })
    const nowhere = { DATA_DIR: join(folder, 'nowhere'), KEY_FILE: file }
    expect((await runProgram('scripts/key.ts', nowhere, ['forget', 'k1', file]).ended).output).toContain(
      'no hall',
    )
    const needed = await key('forget', 'k1', file)
    expect(needed.code).toBe(1)
    expect(needed.output).toContain('data_key')
    expect(JSON.parse(readFileSync(file, 'utf8')).keys).toHaveProperty('k1')
    const { parts } = hall.running
    await rewrapKeys.run({ ...parts.hall, keys: parts.keys } as never, parts.logger)
    const after = await kept()
    expect(after).toEqual([{ keyId: 'k2', wrapped: expect.any(String), sealed: before[0]?.sealed }])
    expect(after[0]?.wrapped).not.toBe(before[0]?.wrapped)
    expect((await reveal('contact')).body.phone).toBe(PHONE)
    expect((await key('forget', 'k1', file)).code).toBe(0)
    parts.keys.reread?.()
    expect((await reveal('need')).body.need).toBe('pregnant')
    const fresh = (
      await kiosk.post(`/sites/${SITE}/tickets`, {
        serviceId: 'residence-permit',
        contact: { phone: PHONE },
      })
    ).body.ticket.id
    const [row] = await query("select key_id from nuanhao.data_key where ticket_id = $1 and kept = 'visit'", [
      fresh,
    ])
    expect(row).toEqual({ key_id: 'k2' })
    await done()
    await clerk.post(`/tickets/${fresh}/cancel`)
  })

  it('[SEAL1] once its key is gone nobody opens the record', async () => {
    await call()
    await query('delete from nuanhao.data_key where ticket_id = $1', [id])
    expect((await reveal('contact')).status).toBe(500)
    expect(await reasons()).toEqual([])
    await done()
  })

  it('[REVEAL4] whoever has too much revealed is told to wait', async () => {
    await call()
    const codes: (string | undefined)[] = []
    for (let i = 0; i < 14; i++) codes.push((await reveal('contact')).body.code)
    expect(codes.at(-1)).toBe('too-many')
    expect(codes.filter((code) => code === undefined).length).toBeLessThanOrEqual(12)
    await done()
  })

  it('[REVEAL4] [ERASE1] what is taken out counts too', async () => {
    const supervisor = await hall.signIn('supervisor')
    const codes: (string | undefined)[] = []
    for (let i = 0; i < 14; i++) {
      const asked = { recognisedBy: 'own-ticket' }
      codes.push((await supervisor.post(`/sites/${SITE}/visits/${id}/export`, asked)).body.code)
    }
    expect(codes.at(-1)).toBe('too-many')
    expect(codes.filter((code) => code === undefined).length).toBeLessThanOrEqual(12)
    const told = await query(
      `select 1 from nuanhao.audit where action = 'resident:exported' and result = 'done'`,
    )
    expect(told).toHaveLength(codes.filter((code) => code === undefined).length)
  })
})
