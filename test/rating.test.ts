import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_SITE } from '#server/demo.ts'
import { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { expireCalls } from '#worker/expire-calls.ts'
import { purge } from '#worker/purge.ts'

const WORDS = '请把材料清单写清楚一点'
const KIND_WORDS = '椅子再多几把就好了'
const PERMIT = 'residence-permit'

describe.each(MODES)('more time, ratings and words to the supervisor, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let tablet: Client
  let clerk: Client
  let supervisor: Client

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    kiosk = await hall.enrol('kiosk')
    tablet = await hall.enrol('display')
    clerk = await hall.signIn('counter2')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => hall.stop())

  const rows = (what: string, ...values: unknown[]) => hall.running.parts.hall.database.query(what, values)
  /** A ticket with its resident's phone. */
  const arrive = async (more: string[] = []) => {
    const { ticket, trackUrl } = (
      await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: PERMIT, ...(more.length > 0 && { more }) })
    ).body
    const phone = new Client(hall.running.url)
    const path = `/track/${trackUrl.split('#')[1]}`
    await phone.get(path)
    return { ...ticket, phone, view: async () => (await phone.get(path)).body }
  }
  const call = async () => (await clerk.post('/counters/c2/call-next')).body.ticket
  const does = async (verb: string, id: string) => {
    const { status } = await clerk.post(`/tickets/${id}/${verb}`)
    expect(status).toBe(200)
  }
  const done = async (more: string[] = []) => {
    const came = await arrive(more)
    expect((await call()).number).toBe(came.number)
    await does('complete', came.id)
    return came
  }
  const waiting = async () =>
    (await clerk.get(`/sites/${SITE}/tickets?state=waiting`)).body.items
      .filter(({ serviceId }: { serviceId: string }) => serviceId === PERMIT)
      .sort((a: { v: number; n: number }, b: { v: number; n: number }) => a.v - b.v || a.n - b.n)
      .map(({ number }: { number: string }) => number)
  const report = async () => (await supervisor.get(`/sites/${SITE}/report`)).body
  const later = (ms: number) => {
    hall.clock.ahead += ms
  }

  it('[MORETIME1] a waiting resident lets others go first, behind the third; otherwise nothing changes', async () => {
    const first = await arrive()
    expect((await first.phone.post(`/tickets/${first.id}/more-time`)).body.code).toBe('nobody-behind')
    const rest = [await arrive(), await arrive(), await arrive(), await arrive()]
    const numbers = rest.map(({ number }) => number)
    const asked = await first.phone.post(`/tickets/${first.id}/more-time`)
    expect(asked).toMatchObject({ status: 200, body: { ticket: { number: first.number, state: 'waiting' } } })
    expect(await waiting()).toEqual([...numbers.slice(0, 3), first.number, numbers[3]])
    expect(await first.view()).toMatchObject({ ahead: 3 })
    expect((await first.phone.post(`/tickets/${first.id}/more-time`)).body.code).toBe('still-time')
    expect((await rest[0].phone.post(`/tickets/${first.id}/more-time`)).body.code).toBe('unknown-ticket')
    expect((await kiosk.post(`/tickets/${first.id}/more-time`)).status).toBe(403)
    // The line has heard of it: the others are called first.
    const called: string[] = []
    for (let n = 0; n < 5; n++) {
      const leg = await call()
      called.push(leg.number)
      await does('complete', leg.ticketId)
    }
    expect(called).toEqual([...numbers.slice(0, 3), first.number, numbers[3]])
  })

  it('[MORETIME2] a called resident is on the way: staff see it, and the call stands a minute longer, once', async () => {
    const came = await arrive()
    const { calledAt } = await call()
    const { callTimeout } = DEMO_SITE
    expect(await came.view()).toMatchObject({ state: 'called', minuteGiven: false })
    await came.phone.post(`/tickets/${came.id}/more-time`)
    expect(await came.view()).toMatchObject({ state: 'called', minuteGiven: true })
    const waitsUntil = calledAt + callTimeout + 60_000
    const [leg] = (await clerk.get(`/sites/${SITE}/tickets?state=called`)).body.items
    expect(leg).toMatchObject({ number: came.number, waitsUntil })
    expect((await came.phone.post(`/tickets/${came.id}/more-time`)).body.code).toBe('time-given')
    later(callTimeout + 30_000)
    await expireCalls.run(hall.running.parts.hall, hall.running.parts.logger)
    expect(await came.view()).toMatchObject({ state: 'called' })
    later(31_000)
    await expireCalls.run(hall.running.parts.hall, hall.running.parts.logger)
    expect(await came.view()).toMatchObject({ state: 'missed', minuteGiven: false })
    expect((await came.phone.post(`/tickets/${came.id}/more-time`)).body.code).toBe('not-waiting')
    await came.phone.post(`/tickets/${came.id}/cancel`)
  })

  it('[RATE1] a matter that is done is rated within a minute; before it is done, and later, it is refused', async () => {
    const came = await arrive()
    const path = `/tickets/${came.id}/rating`
    expect((await came.phone.post(path, { level: 5 })).body.code).toBe('not-completed')
    await call()
    await does('complete', came.id)
    expect((await came.view()).toRate.until - hall.running.parts.hall.now()).toBeLessThanOrEqual(60_000)
    const before = (await report()).ratings
    expect((await came.phone.post(path, { level: 4, tags: ['411'] })).status).toBe(200)
    const after = (await report()).ratings
    expect([after.done - before.done, after.rated - before.rated]).toEqual([0, 1])
    const silent = await done()
    later(66_000)
    expect((await silent.phone.post(`/tickets/${silent.id}/rating`, { level: 5 })).body.code).toBe(
      'too-late-to-rate',
    )
    expect((await report()).ratings).toMatchObject({ done: after.done + 1, rated: after.rated })
    expect((await clerk.post(path, { level: 5 })).status).toBe(403)
    expect((await silent.phone.post(path, { level: 5 })).body.code).toBe('unknown-ticket')
  })

  it('[RATE1] a completion that is undone takes its rating along', async () => {
    const came = await done()
    const path = `/tickets/${came.id}/rating`
    await came.phone.post(path, { level: 1 })
    const before = (await report()).ratings
    expect((await clerk.post('/counters/c2/undo')).status).toBe(200)
    expect((await report()).ratings).toMatchObject({ rated: before.rated - 1, low: before.low - 1 })
    expect((await came.phone.post(path, { level: 5 })).body.code).toBe('not-completed')
    await does('complete', came.id)
    expect((await came.phone.post(path, { level: 5 })).status).toBe(200)
    expect((await report()).ratings).toMatchObject({ rated: before.rated, low: before.low - 1 })
  })

  it('[RATE2] once for a matter: the same key the same answer, changed by whoever gave it, refused to anybody else', async () => {
    const came = await done()
    const path = `/tickets/${came.id}/rating`
    const key = 'one-rating-only'
    const first = await came.phone.post(path, { level: 2 }, { key })
    expect(await came.phone.post(path, { level: 2 }, { key })).toMatchObject({
      status: 200,
      body: first.body,
    })
    expect((await came.phone.post(path, { level: 3 }, { key })).body.code).toBe('key-reused')
    expect((await came.phone.post(path, { level: 3, tags: ['309'] })).body).toEqual(first.body)
    const kept = () =>
      rows(
        'select level, tags, given_by from nuanhao.rating where leg_id in (select id from nuanhao.leg where ticket_id = $1)',
        came.id,
      )
    expect(await kept()).toEqual([{ level: 3, tags: ['309'], given_by: 'phone' }])
    const other = await tablet.post('/counters/c2/rating', { number: came.number, level: 5 })
    expect(other).toMatchObject({ status: 409, body: { code: 'already-rated' } })
    later(66_000)
    expect((await came.phone.post(path, { level: 5 })).body.code).toBe('already-rated')
    expect(await kept()).toEqual([{ level: 3, tags: ['309'], given_by: 'phone' }])
    // Two at the same moment are one.
    const both = await done()
    const answers = await Promise.all([
      both.phone.post(`/tickets/${both.id}/rating`, { level: 4 }),
      tablet.post('/counters/c2/rating', { number: both.number, level: 5 }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('[RATE3] tags of another level, too many words and anything else are refused, and nothing is kept', async () => {
    const came = await done()
    const refused: [object, string][] = [
      [{ level: 5, tags: ['115'] }, 'unknown-tag'],
      [{ level: 6 }, 'malformed'],
      [{ level: 5, tags: ['很好'] }, 'malformed'],
      [{ level: 5, text: '好'.repeat(151) }, 'malformed'],
      [{ level: 5, text: '   ' }, 'malformed'],
      [{ level: 5, name: 'x' }, 'malformed'],
      [{}, 'malformed'],
    ]
    for (const [body, code] of refused) {
      expect((await came.phone.post(`/tickets/${came.id}/rating`, body)).body.code).toBe(code)
    }
    const ofIt = await rows(
      'select 1 from nuanhao.rating where leg_id in (select id from nuanhao.leg where ticket_id = $1)',
      came.id,
    )
    expect(ofIt).toHaveLength(0)
    const text = '好'.repeat(150)
    expect((await came.phone.post(`/tickets/${came.id}/rating`, { level: 5, text })).status).toBe(200)
  })

  it('[RATE4] the tablet rates what was done at its counter last; of several matters each once', async () => {
    const came = await done(['housing'])
    const path = '/counters/c2/rating'
    expect((await tablet.post('/counters/c9/rating', { number: came.number, level: 5 })).body.code).toBe(
      'unknown-counter',
    )
    expect((await tablet.post('/counters/c3/rating', { number: came.number, level: 5 })).body.code).toBe(
      'not-completed',
    )
    expect((await tablet.post(path, { number: came.number, level: 5 })).status).toBe(200)
    expect((await kiosk.post(path, { number: came.number, level: 5 })).status).toBe(403)
    const fifth = await hall.signIn('counter6')
    await fifth.post('/counters/c6/open')
    const next = (await fifth.post('/counters/c6/call-next')).body.ticket
    expect(next.number).toBe(came.number)
    await fifth.post(`/tickets/${came.id}/complete`)
    expect((await tablet.post('/counters/c6/rating', { number: came.number, level: 4 })).status).toBe(200)
    const ofIt = await rows(
      'select 1 from nuanhao.rating where leg_id in (select id from nuanhao.leg where ticket_id = $1)',
      came.id,
    )
    expect(ofIt).toHaveLength(2)
  })

  it('[RATE6] [RATE7] what was written is sealed, read by supervisors only, and every reading written down', async () => {
    const came = await done()
    expect(
      (await came.phone.post(`/tickets/${came.id}/rating`, { level: 2, tags: ['208'], text: WORDS })).status,
    ).toBe(200)
    expect((await came.phone.post(`/tickets/${came.id}/suggestion`, { text: KIND_WORDS })).status).toBe(204)
    const counted = await report()
    expect(counted.ratings.lowUnread).toBeGreaterThan(0)
    expect(counted.suggestions).toEqual({ count: 1, read: 0 })
    const path = `/sites/${SITE}/feedback?day=${counted.day}`
    expect((await clerk.get(path)).status).toBe(403)
    expect((await came.phone.get(path)).status).toBe(403)
    const { items } = (await supervisor.get(path)).body
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'rating', serviceId: PERMIT, level: 2, tags: ['208'], text: WORDS }),
    )
    expect(items).toContainEqual(expect.objectContaining({ kind: 'suggestion', text: KIND_WORDS }))
    for (const item of items) {
      expect(Object.keys(item).sort()).toEqual(['at', 'kind', 'level', 'serviceId', 'tags', 'text'])
    }
    const readings = await rows(
      `select actor, reason from nuanhao.audit where action = 'feedback:read' and result = 'done'`,
    )
    expect(readings).toEqual([{ actor: expect.stringMatching(/^staff:/), reason: 'follow-up' }])
    expect(await report()).toMatchObject({ ratings: { lowUnread: 0 }, suggestions: { count: 1, read: 1 } })
    const tables = ['event', 'audit', 'idempotency', 'leg', 'ticket', 'rating', 'suggestion'].map((table) =>
      rows(`select to_jsonb(r) as row from nuanhao.${table} r`),
    )
    const open = JSON.stringify([await Promise.all(tables), hall.log])
    expect(open).not.toContain(WORDS)
    expect(open).not.toContain(KIND_WORDS)
    expect(await rows(`select 1 from nuanhao.event where payload::text like '%rating%'`)).toEqual([])
  })

  it('[PHONE15] a word to the supervisor is taken once for each visit', async () => {
    const came = await arrive()
    const path = `/tickets/${came.id}/suggestion`
    expect((await came.phone.post(path, { text: '好'.repeat(151) })).body.code).toBe('malformed')
    expect((await came.phone.post(path, { text: KIND_WORDS })).status).toBe(204)
    expect((await came.phone.post(path, { text: '再来一条' })).body.code).toBe('already-suggested')
    expect((await clerk.post(path, { text: '不是居民' })).status).toBe(403)
    await came.phone.post(`/tickets/${came.id}/cancel`)
  })

  it('[PHONE13] two phones with the same link are one resident: both follow it, both may act', async () => {
    const { trackUrl } = (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: PERMIT })).body
    const code = trackUrl.split('#')[1]
    const phones = [new Client(hall.running.url), new Client(hall.running.url)]
    const views = await Promise.all(phones.map((phone) => phone.get(`/track/${code}`)))
    expect(views[0]?.body).toEqual(views[1]?.body)
    const { ticketId } = views[0]?.body ?? {}
    expect((await phones[1]?.post(`/tickets/${ticketId}/cancel`))?.status).toBe(200)
    expect((await phones[0]?.get(`/track/${code}`))?.body.state).toBe('cancelled')
  })

  it('[RATE7] what was written goes a week after its day; the rating stays', async () => {
    const left = () =>
      rows(`select (select count(*)::int from nuanhao.rating) as ratings, (select count(*)::int from nuanhao.rating where sealed is not null) as words,
                   (select count(*)::int from nuanhao.suggestion) as suggestions`)
    const [before] = await left()
    later(6 * 86_400_000)
    await purge.run(hall.running.parts.hall, hall.running.parts.logger)
    expect(await left()).toEqual([before])
    later(2 * 86_400_000)
    await purge.run(hall.running.parts.hall, hall.running.parts.logger)
    expect(await left()).toEqual([{ ...before, words: 0, suggestions: 0 }])
  })
})
