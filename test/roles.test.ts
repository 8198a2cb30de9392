import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '#server/app.ts'
import { EVERYBODY, FIRST, PEOPLE, POLICY, PROGRAMS, VIEWS, type Who } from '#server/policy.ts'
import { ROUTES } from '#server/routes.ts'
import type { Client } from '#test/harness/client.ts'
import { SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { programOfEachScope, somebodyOfEachRole } from '#test/harness/people.ts'

/** What a kiosk asks about is one number. */
const QUERY: Record<string, string> = { '/sites/:site/tickets': '?number=D001' }

/** Pages, health, the contract and its viewer, the page about privacy; and the figures, of which the table speaks. */
const BESIDE = [
  ...['/', '/healthz', '/readyz', '/metrics', '/api/openapi.json'],
  ...['/', '/start.js', '/swagger-ui.css', '/swagger-ui-bundle.js'],
  ...['/', '/tokens.css', '/privacy.css'],
]

/** What else every request comes through, by name: it counts, checks and refuses, or serves files of the built screens. */
const THROUGH = [
  ...['keepNothing', 'readers', 'headers', 'arrival', 'compression', 'serveStatic', 'notFound', 'failed'],
  ...['refuseForeign', 'arrival', 'jsonParser', 'notFound', 'refused'],
  // Said once more of the kiosk’s page, whose readers are known by then, and of the contract’s viewer.
  ...['headers', 'headers'],
]

/** Express as it is inside. */
interface Stack {
  stack: {
    name: string
    route?: { path: string; stack: { method: string }[] }
    handle: Partial<Stack>
  }[]
}

/** The path of each route there is, below whatever it stands. */
function pathsOf({ stack }: Stack): string[] {
  return stack
    .flatMap(({ route, handle }) =>
      route ? route.stack.map(() => route.path) : handle.stack ? pathsOf(handle as Stack) : [],
    )
    .sort()
}

/** The name of each layer there is that is no route and no router. */
function layersOf({ stack }: Stack): string[] {
  return stack
    .flatMap(({ name, route, handle }) => (route ? [] : handle.stack ? layersOf(handle as Stack) : [name]))
    .sort()
}

describe('who may do what', () => {
  let hall: TestHall
  let ticketId: string
  let code: string
  const askers = new Map<Who, Client & { token?: string }>()

  beforeAll(async () => {
    hall = await startHall('embedded', { variables: { PUBLIC_URL: 'https://hall.example' } })
    const nameOf = await somebodyOfEachRole(hall)
    const kiosk = await hall.enrol('kiosk')
    const { ticket, trackUrl } = (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'housing' })).body
    ticketId = ticket.id
    code = trackUrl.split('#')[1]
    const phone = hall.stranger()
    await phone.get(`/track/${code}`)
    askers.set('stranger', hall.stranger())
    askers.set('ticket', phone)
    askers.set('kiosk', kiosk)
    askers.set('display', await hall.enrol('display'))
    askers.set('pad', await hall.enrol('pad'))
    for (const who of PEOPLE) askers.set(who, await hall.signIn(nameOf(who)))
    for (const [who, program] of await programOfEachScope(hall)) askers.set(who, program)
  })
  afterAll(() => hall.stop())

  const askerOf = (who: Who) => askers.get(who) as Client & { token?: string }

  it('[ROLE4] the table names every action of a route, and nobody who is not there', () => {
    expect([...askers.keys()].sort()).toEqual([...EVERYBODY].sort())
    for (const [action, who] of Object.entries(POLICY)) {
      expect(
        who.filter((one) => !EVERYBODY.includes(one)),
        action,
      ).toEqual([])
      expect(new Set(who).size, action).toBe(who.length)
    }
    for (const { action, path } of ROUTES) expect(Object.keys(POLICY), path).toContain(action)
  })

  it.each(PEOPLE)('[ROLE5] %s is told at sign-in what the table lets them do', async (who) => {
    const { body } = await askerOf(who).get('/session')
    expect([...body.may].sort()).toEqual(
      Object.entries(POLICY)
        .filter(([, allowed]) => allowed.includes(who))
        .map(([action]) => action)
        .sort(),
    )
  })

  it.each(EVERYBODY)('[ROLE4] on every route, %s is let in or turned away as the table says', async (who) => {
    const ids: Record<string, string> = { site: SITE, ticket: ticketId, counter: 'c2', code }
    const turnedAway: string[] = []
    const expected: string[] = []
    for (const { method, path, action } of ROUTES) {
      // Who is signed out is somebody else from then on.
      if (action === 'sign-out' && POLICY[action].includes(who)) continue
      const at = path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? 'x') + (QUERY[path] ?? '')
      // Nothing is known of a body that says nothing, so that whoever is let in changes nothing.
      const client = askerOf(who)
      const { cookie } = client
      const { status, body } = await (method === 'post' ? client.post(at, '[]') : client[method](at))
      // Whoever follows a ticket becomes its resident; here each stays who it is.
      client.cookie = cookie
      const blocked =
        status === (who === 'stranger' ? 401 : 403) &&
        body.code === (who === 'stranger' ? 'unauthenticated' : 'forbidden')
      if (blocked) turnedAway.push(`${method} ${path}`)
      if (!POLICY[action].includes(who)) expected.push(`${method} ${path}`)
    }
    expect(turnedAway).toEqual(expected)
  })

  it('[ROLE4] nothing is answered but by the routes of the table and what is open to everybody', () => {
    const { router } = createApp(hall.running.parts) as unknown as { router: Stack }
    expect(pathsOf(router)).toEqual([...ROUTES.map(({ path }) => path), ...BESIDE].sort())
    expect(layersOf(router)).toEqual([...THROUGH].sort())
    // Sockets are let in at one place.
    expect([...hall.running.sockets.io._nsps.keys()]).toEqual(['/'])
  })

  it('[ROLE4] the figures of the program are for those of the table', async () => {
    for (const who of EVERYBODY) {
      const { token, cookie } = askerOf(who)
      const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(cookie && { cookie }) }
      const { status } = await fetch(`${hall.running.url}/metrics`, { headers })
      const turnedAway = who === 'stranger' ? 401 : 403
      expect([who, status]).toEqual([who, POLICY['read-metrics'].includes(who) ? 200 : turnedAway])
    }
  })

  it('[SIGNIN4] whoever still has the password that was made up for them is turned away from all but choosing one', async () => {
    const { database } = hall.running.parts.hall
    const initial = (is: boolean) =>
      database.query(`update nuanhao.account set initial = $1 where username = 'supervisor'`, [is])
    await initial(true)
    const somebody = await hall.signIn('supervisor')
    const open: string[] = []
    for (const { method, path, action } of ROUTES) {
      if (FIRST.includes(action)) continue
      const at = path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'site' ? SITE : 'x'))
      const { body } = await (method === 'post' ? somebody.post(at, '[]') : somebody[method](at))
      const expected = POLICY[action].includes('supervisor') ? 'password-change-first' : 'forbidden'
      if (body?.code !== expected) open.push(`${method} ${path}`)
    }
    expect(open).toEqual([])
    await initial(false)
  })

  it.each(Object.keys(VIEWS) as (keyof typeof VIEWS)[])(
    '[ROLE4] the %s view of a socket is opened by those it is for',
    async (view) => {
      const let_in: Who[] = []
      for (const who of EVERYBODY) {
        const { token = '', cookie } = askerOf(who)
        const socket = io(hall.running.url, {
          ...{ transports: ['websocket'], forceNew: true, reconnection: false },
          auth: { view, siteId: SITE, token, after: null },
          ...(cookie && { extraHeaders: { cookie } }),
        })
        const came = await new Promise((resolve) => {
          socket.once('connect', () => resolve(true))
          socket.once('connect_error', () => resolve(false))
        })
        if (came) let_in.push(who)
        // What a screen may say is this and nothing more; whatever else it says, nobody listens.
        for (const server of hall.running.sockets.io.sockets.sockets.values()) {
          expect(
            server.eventNames().filter((name) => !['disconnect', 'error'].includes(String(name))),
          ).toEqual(['report'])
        }
        socket.close()
      }
      expect(let_in).toEqual(EVERYBODY.filter((who) => VIEWS[view].includes(who)))
    },
  )

  it('[ROLE1] [ROLE2] [ROLE3] [APIKEY2] who only sets up, looks or is a program neither works at a counter nor reads what was confided', () => {
    const confided = [
      // Also the ones that are yet to come.
      ...ROUTES.flatMap(({ confided: what, action }) => (what === null ? [] : action)),
      ...(['operate-counter', 'read-ticket', 'read-tickets', 'show-card', 'read-why'] as const),
    ]
    for (const action of ['reveal', 'serve-ticket', 'read-feedback', 'answer-resident'])
      expect(confided).toContain(action)
    for (const who of ['director', 'auditor', 'administrator', ...PROGRAMS] as const) {
      for (const action of confided) expect(POLICY[action], `${who} ${action}`).not.toContain(who)
    }
    // What everybody may do who signed in, of their own and of nothing else; and asking for a screen to be let in, as strangers may.
    const own = ['sign-in', 'sign-out', 'own-sessions', 'change-password', 'enrol-device']
    const changing = ROUTES.filter(({ method, action }) => method !== 'get' && !own.includes(action))
    for (const who of ['director', 'auditor', ...PROGRAMS] as const) {
      for (const { action } of changing) expect(POLICY[action], `${who} ${action}`).not.toContain(who)
    }
    for (const who of PROGRAMS) {
      for (const action of own) expect(POLICY[action as 'sign-in'], `${who} ${action}`).not.toContain(who)
    }
  })
})
