import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as decide from '#domain/decide.ts'
import { rateOwn } from '#server/handlers/rating.ts'
import { auditOf, verifyAudit } from '#store/audit-verify.ts'
import { DATA_DICTIONARY } from '#store/data-dictionary.ts'
import { dataKeyOf, lockField, withDataKey } from '#store/data-keys.ts'
import type { Database } from '#store/database.ts'
import { keepFound } from '#store/preparation.ts'
import type { DataKey } from '#store/private.ts'
import { keepSuggestion } from '#store/rating.ts'
import type { Client } from '#test/harness/client.ts'
import { deskOf, newAuthor } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

const NAME = '王小明'
const PHONE = '13800009999'
const NOTE = '请先看户口本'
const WORDS = '椅子再多几把就好了'
const NUMBER = '11010519491231002X'
/** What says that the visit is theirs. */
const SHOWN = { recognisedBy: 'own-ticket' }

describe.each(MODES)('what a resident may ask for, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let clerk: Client
  let supervisor: Client
  let ticket: { id: string; number: string }
  let day: string
  let other: { id: string; number: string }

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    await hall.settings({ identity: { keyboard: true, service: null } })
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
    const issue = async () => {
      const { body } = await kiosk.post(`/sites/${SITE}/tickets`, {
        serviceId: 'residence-permit',
        care: { need: 'pregnant' },
        contact: { name: NAME, phone: PHONE },
        materials: [{ serviceId: 'residence-permit', here: ['居民身份证'], missing: [] }],
        card: { number: NUMBER },
      })
      return body
    }
    const issued = await issue()
    ticket = issued.ticket
    const called = async () => {
      await clerk.post('/counters/c2/call-next')
    }
    await called()
    await clerk.post(`/tickets/${ticket.id}/start`)
    await clerk.post(`/tickets/${ticket.id}/transfer`, { to: { counterId: 'c2' }, note: NOTE })
    await called()
    await clerk.post(`/tickets/${ticket.id}/start`)
    await clerk.post(`/tickets/${ticket.id}/complete`)
    const phone = hall.stranger()
    await phone.get(`/track/${issued.trackUrl.split('#')[1]}`)
    await phone.post(`/tickets/${ticket.id}/suggestion`, { text: WORDS })
    other = (await issue()).ticket
    ;[{ day }] = (await query<{ day: string }>('select day from nuanhao.ticket where id = $1', [
      ticket.id,
    ])) as [{ day: string }]
  })
  afterAll(() => hall.stop())

  const query = <Row extends object>(text: string, values: unknown[] = []) =>
    hall.running.parts.hall.database.query<Row>(text, values)
  const parts = () => hall.running.parts.hall
  const visits = `/sites/${SITE}/visits`
  /** The database, with an erasing between the sealing of what goes into that table and its writing, once. */
  const erasedBefore = (table: string, ticketId: string) => {
    const { database } = parts()
    let erased = false
    const overtaken: Database = {
      ...database,
      query: async (text, values) => {
        if (text.includes(`insert into ${table} `) && !erased) {
          erased = true
          await supervisor.post(`${visits}/${ticketId}/erase`, SHOWN)
        }
        return database.query(text, values)
      },
    }
    return { database: overtaken, erased: () => erased }
  }
  const find = async (number = ticket.number) =>
    (await supervisor.get(`${visits}?${new URLSearchParams({ day, number })}`)).body.items
  const told = async (action: string) =>
    (
      await query(`select 1 from nuanhao.audit where action = $1 and subject = $2 and result = 'done'`, [
        action,
        ticket.id,
      ])
    ).length
  const dump = async () => {
    const [row] = await query<{ all: string }>(
      `select concat((select json_agg(p)::text from nuanhao.private_record p where ticket_id = $1),
                     (select json_agg(p)::text from nuanhao.identity p where ticket_id = $1),
                     (select json_agg(p)::text from nuanhao.material_check p where ticket_id = $1),
                     (select json_agg(p)::text from nuanhao.suggestion p where ticket_id = $1)) as all`,
      [ticket.id],
    )
    return row?.all
  }

  it('[ERASE1] a supervisor finds the visit by day and number, and takes out all that is kept, opened', async () => {
    expect(await find(ticket.number.toLowerCase())).toEqual([
      { ticketId: ticket.id, day, number: ticket.number, confided: true },
    ])
    expect(await find('A999')).toEqual([])
    const { body } = await supervisor.post(`${visits}/${ticket.id}/export`, SHOWN)
    for (const said of [NAME, PHONE, WORDS, NOTE, NUMBER, 'pregnant', '居民身份证', ticket.number]) {
      expect(JSON.stringify(body)).toContain(said)
    }
    const about = DATA_DICTIONARY.filter((entry) => entry.about === 'resident').map(({ table }) => table)
    // Keys open things, and the answers that are kept for two days say what the rows say.
    expect(about.filter((table) => !(table in body.kept))).toEqual(['data_key', 'idempotency'])
    expect(body.kept.event.length).toBeGreaterThan(3)
    // Nothing of anybody else, not of who works here, and nothing that opens anything.
    const people = await query<{ id: string }>('select id from nuanhao.account')
    expect(people.filter(({ id }) => JSON.stringify(body).includes(id))).toEqual([])
    expect(people.length).toBeGreaterThan(3)
    expect(JSON.stringify(body)).not.toContain(other.id)
    expect(JSON.stringify(body)).not.toMatch(/"(sealed|nonce|key_id|code_hash|mark)"/)
    for (const wrong of [{}, { recognisedBy: NAME }, { ...SHOWN, words: NAME }]) {
      for (const verb of ['export', 'erase']) {
        expect((await supervisor.post(`${visits}/${ticket.id}/${verb}`, wrong)).body.code).toBe('malformed')
      }
    }
    expect(await told('resident:exported')).toBe(1)
    expect(await query(`select reason from nuanhao.audit where action = 'resident:exported'`)).toEqual([
      { reason: 'own-ticket' },
    ])
    for (const who of [clerk, kiosk]) {
      expect((await who.post(`${visits}/${ticket.id}/export`, SHOWN)).status).toBe(403)
      expect((await who.post(`${visits}/${ticket.id}/erase`, SHOWN)).status).toBe(403)
    }
    expect((await supervisor.post(`${visits}/nobody/export`, SHOWN)).body.code).toBe('unknown-ticket')
    expect((await supervisor.post(`/sites/elsewhere/visits/${ticket.id}/erase`, SHOWN)).body.code).toBe(
      'unknown-site',
    )
  })

  it('[ERASE2] erases it with its keys, once; figures, the rest and the chain stay', async () => {
    const report = async () => (await supervisor.get(`/sites/${SITE}/report?day=${day}`)).body
    const before = await report()
    const locks = async () =>
      (
        await query<{ wrapped: string }>('select wrapped from nuanhao.data_key where ticket_id = $1', [
          ticket.id,
        ])
      ).map(({ wrapped }) => wrapped)
    const old = await locks()
    const erase = () => supervisor.post(`${visits}/${ticket.id}/erase`, SHOWN)
    expect(await erase()).toMatchObject({ status: 200, body: { gone: 5 } })
    expect(await dump()).toBe('')
    // The keys it was sealed with are nowhere; others are in their place.
    expect(await locks()).toHaveLength(old.length)
    expect((await locks()).filter((lock) => old.includes(lock))).toEqual([])
    expect(await find()).toEqual([{ ticketId: ticket.id, day, number: ticket.number, confided: false }])
    expect((await erase()).body).toEqual({ gone: 0 })
    expect(await told('resident:erased')).toBe(1)
    expect((await supervisor.post(`/sites/${SITE}/visits/nobody/erase`, SHOWN)).body.code).toBe(
      'unknown-ticket',
    )
    const apart = { at: 0, until: 0, suggestions: null }
    expect({ ...(await report()), ...apart }).toEqual({ ...before, ...apart })
    const kept = (await supervisor.post(`${visits}/${ticket.id}/export`, SHOWN)).body
    expect(JSON.stringify(kept)).not.toMatch(
      new RegExp([NAME, PHONE, WORDS, NOTE, NUMBER, 'pregnant'].join('|')),
    )
    const { hall: parts } = hall.running.parts
    expect(await verifyAudit(auditOf(parts.database.query), parts.now())).toMatchObject({ bad: null })
    // Another's record is as it was.
    await clerk.post('/counters/c2/call-next')
    const { body } = await clerk.post(`/tickets/${other.id}/reveal`, {
      what: 'contact',
      purpose: 'reach-person',
    })
    expect(body.phone).toBe(PHONE)
  })

  it('[ERASE3] what is sealed when an erasing comes between is sealed anew, and opens', async () => {
    const { database, now } = parts()
    const { keys } = hall.running.parts
    const desk = deskOf(parts(), SITE)
    const of = { siteId: SITE, ticketId: other.id }
    const sealedTimes: number[] = []
    const write = async (kept: 'visit' | 'words', to: (key: DataKey) => Promise<unknown>) => {
      let times = 0
      await withDataKey(database, { ...of, kept }, keys, async (key) => {
        // The first time with a key that is destroyed before it is written.
        if (times++ === 0) await supervisor.post(`${visits}/${other.id}/erase`, SHOWN)
        await to(key)
      })
      sealedTimes.push(times)
      const { body } = await supervisor.post(`${visits}/${other.id}/export`, SHOWN)
      return JSON.stringify(body)
    }
    const note = await write('visit', (key) => {
      const sealed = { id: 'late', ...lockField({ text: NOTE }, 'note late', key) }
      const there = { counterId: 'c2' }
      return desk.ticket(other.id, (situation, actor) => decide.transfer(situation, actor, there, sealed))
    })
    expect(note).toContain(NOTE)
    const suggestion = await write('words', (key) =>
      keepSuggestion(database, of, lockField({ text: WORDS }, 'suggestion', key), now()),
    )
    expect(suggestion).toContain(WORDS)
    const check = { serviceId: 'residence-permit', here: ['居民身份证'], missing: [] }
    const by = { principal: 'staff:boss' }
    const overtaken = erasedBefore('nuanhao.material_check', other.id)
    await keepFound(overtaken.database, keys, { ...of, author: by, now: now() }, check)
    expect(overtaken.erased()).toBe(true)
    expect(sealedTimes).toEqual([2, 2])
    const { body } = await supervisor.post(`${visits}/${other.id}/export`, SHOWN)
    expect(body.kept.material_check).toMatchObject([{ said: { here: ['居民身份证'] } }])
  })

  it('[ERASE3] so are the words of a rating', async () => {
    const overtaken = erasedBefore('nuanhao.rating', ticket.id)
    const { parts: all } = hall.running
    const answer = await rateOwn(
      {
        ...{ params: { ticket: ticket.id }, query: {}, author: newAuthor() },
        principal: { kind: 'ticket', id: ticket.id, siteId: SITE },
        body: { level: 2, tags: [], text: WORDS },
      } as unknown as Parameters<typeof rateOwn>[0],
      { ...all, hall: { ...all.hall, database: overtaken.database } },
    )
    expect(answer.status).toBe(200)
    expect(overtaken.erased()).toBe(true)
    const { body } = await supervisor.post(`${visits}/${ticket.id}/export`, SHOWN)
    expect(body.kept.rating).toMatchObject([{ said: { text: WORDS } }])
  })

  it('[ERASE3] what is being written when an erasing comes goes with it', async () => {
    const { database, now } = parts()
    const { keys } = hall.running.parts
    const of = { siteId: SITE, ticketId: other.id }
    const key = await dataKeyOf(database, { ...of, kept: 'words' }, keys)
    let erasing: Promise<unknown> | undefined
    await database.transaction(async (query) => {
      const sealed = lockField({ text: WORDS }, 'suggestion', key as DataKey)
      expect(await keepSuggestion({ query }, of, sealed, now())).toBe(true)
      erasing = supervisor.post(`${visits}/${other.id}/erase`, SHOWN)
      // Embedded, it waits for the only connection.
      for (let over = mode === 'embedded'; !over; ) {
        const rows = await query(`select 1 from pg_locks where not granted
                                   and locktype in ('transactionid', 'tuple')`)
        over = rows.length > 0 || (await Promise.race([erasing, Promise.resolve()])) !== undefined
      }
    })
    await erasing
    const { body } = await supervisor.post(`${visits}/${other.id}/export`, SHOWN)
    expect(body.kept.suggestion).toEqual([])
    expect(await query('select 1 from nuanhao.suggestion where ticket_id = $1', [other.id])).toEqual([])
  })
})
