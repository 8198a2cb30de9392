import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

const ID_CARD = '居民身份证'
const ADDRESS = '居住地址证明'
const PHOTO = '近期证件照'
const PERMIT = 'residence-permit'

describe.each(MODES)('what is prepared before the counter begins, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let clerk: Client
  let other: Client
  let supervisor: Client

  beforeAll(async () => {
    hall = await startHall(mode)
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    other = await hall.signIn('counter3')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
    await other.post('/counters/c3/open')
  })
  afterAll(() => hall.stop())

  const issue = (body: object) => kiosk.post(`/sites/${SITE}/tickets`, { serviceId: PERMIT, ...body })
  const call = async (who: Client, counter: string) =>
    (await who.post(`/counters/${counter}/call-next`)).body.ticket
  const rows = (what: string, ...values: unknown[]) => hall.running.parts.hall.database.query(what, values)
  const readings = async (id: string) =>
    (
      await rows(
        `select actor from nuanhao.audit where action = 'preparation:read' and result = 'done' and subject = $1`,
        id,
      )
    ).length

  it('[CHECK4] what was said of the materials is sealed, read at the counter and by supervisors, and each reading written down', async () => {
    const materials = [{ serviceId: PERMIT, here: [ID_CARD], missing: [PHOTO] }]
    const issued = await issue({ materials })
    expect(JSON.stringify(issued.body)).not.toContain(PHOTO)
    const { id } = issued.body.ticket
    const path = `/tickets/${id}/preparation`
    expect((await clerk.get(path)).body.code).toBe('not-at-counter')
    await call(clerk, 'c2')
    expect((await other.get(path)).body.code).toBe('not-at-counter')
    expect((await kiosk.get(path)).status).toBe(403)
    expect(await readings(id)).toBe(0)
    const said = {
      serviceId: PERMIT,
      by: 'resident',
      at: issued.body.ticket.issuedAt,
      here: [ID_CARD],
      missing: [PHOTO],
    }
    expect((await clerk.get(path)).body).toEqual({ accommodations: [], materials: [said] })
    expect((await supervisor.get(path)).body.materials).toEqual([said])
    expect(await readings(id)).toBe(2)
    const open = ['event', 'audit', 'idempotency', 'leg', 'ticket', 'material_check'].map((table) =>
      rows(`select to_jsonb(r) as row from nuanhao.${table} r`),
    )
    expect(JSON.stringify([await Promise.all(open), hall.log])).not.toContain(PHOTO)
  })

  it('[CHECK5] the counter corrects each; its last word is kept beside the resident’s', async () => {
    const [ticket] = (await clerk.get(`/sites/${SITE}/tickets?state=called`)).body.items
    const path = `/tickets/${ticket.ticketId}/materials`
    const found = { serviceId: PERMIT, here: [ID_CARD, PHOTO], missing: [ADDRESS] }
    expect(await clerk.post(path, found)).toMatchObject({
      status: 200,
      body: { check: { by: 'counter', ...found } },
    })
    const all = { serviceId: PERMIT, here: [ID_CARD, ADDRESS, PHOTO], missing: [] }
    await clerk.post(path, all)
    const { materials } = (await clerk.get(`/tickets/${ticket.ticketId}/preparation`)).body
    expect(materials).toMatchObject([
      { by: 'resident', missing: [PHOTO] },
      { by: 'counter', ...all },
    ])
    const refused: [Client, object, string][] = [
      [clerk, { ...all, here: ['护照'] }, 'unknown-material'],
      [clerk, { ...all, missing: [PHOTO] }, 'unknown-material'],
      [clerk, { ...all, serviceId: 'housing', here: [] }, 'not-at-counter'],
      [clerk, { ...all, serviceId: 'nothing', here: [] }, 'unknown-service'],
      [clerk, { here: [] }, 'malformed'],
      [other, all, 'not-at-counter'],
      [kiosk, all, 'forbidden'],
    ]
    for (const [who, body, code] of refused) expect((await who.post(path, body)).body.code).toBe(code)
    expect((await clerk.get(`/tickets/${ticket.ticketId}/preparation`)).body.materials).toEqual(materials)
    await clerk.post(`/tickets/${ticket.ticketId}/complete`)
    expect((await clerk.post(path, all)).body.code).toBe('not-at-counter')
    const wrong = await issue({ materials: [{ serviceId: PERMIT, here: ['护照'], missing: [] }] })
    expect(wrong).toMatchObject({ status: 404, body: { code: 'unknown-material' } })
  })

  it('[PREPARE3] staff see that there is something, at the counter what; it goes along with a transfer and the next matter', async () => {
    const { id, number } = (
      await issue({ more: ['housing'], accommodations: ['wheelchair-counter', 'written'] })
    ).body.ticket
    const waiting = async () =>
      (await clerk.get(`/sites/${SITE}/tickets?state=waiting`)).body.items.map(
        (leg: { number: string; prepare: boolean }) => [leg.number, leg.prepare],
      )
    expect(await waiting()).toEqual([[number, true]])
    expect(await call(clerk, 'c2')).toMatchObject({ number, prepare: true, skill: null })
    const path = `/tickets/${id}/preparation`
    expect((await clerk.get(path)).body.accommodations).toEqual(['wheelchair-counter', 'written'])
    await clerk.post(`/tickets/${id}/transfer`, { to: { laneId: 'insurance' } })
    expect(await waiting()).toEqual([[number, true]])
    expect((await clerk.get(path)).body.code).toBe('not-at-counter')
    await call(other, 'c3')
    expect((await other.get(path)).body.accommodations).toEqual(['wheelchair-counter', 'written'])
    await other.post(`/tickets/${id}/complete`)
    expect(await waiting()).toEqual([[number, true]])
    await supervisor.post(`/tickets/${id}/cancel`)
  })

  it('[PREPARE2] whoever asks for sign language is called where somebody signs', async () => {
    const { number } = (await issue({ serviceId: 'social-insurance', accommodations: ['sign-language'] }))
      .body.ticket
    const fourth = await hall.signIn('counter4')
    await fourth.post('/counters/c4/open')
    expect(await call(fourth, 'c4')).toBeNull()
    const ticket = await call(other, 'c3')
    expect(ticket).toMatchObject({ number, skill: 'signing', prepare: true })
    const { body } = await other.get(`/tickets/${ticket.ticketId}/preparation`)
    expect(body.accommodations).toEqual(['sign-language'])
    expect((await issue({ accommodations: ['sing'] })).body.code).toBe('malformed')
  })
})
