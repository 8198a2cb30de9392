import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Server } from 'socket.io'
import type { SiteView } from '#protocol/api.ts'
import { applyEvent } from '#protocol/apply-event.ts'
import type { PublicBoard } from '#protocol/board.ts'
import type { ClientEvents, PublicEvent, ServerEvents } from '#protocol/events.ts'
import { dayAt } from '#ui/hours.ts'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
}
/** No ping is missed while the clock of the page runs ahead, ms. */
const NEVER = 500_000_000

const two = (text: string) => ({ 'zh-CN': text, en: text })

const SITE: SiteView = {
  id: 'endless',
  revision: 1,
  name: two('大厅'),
  timeZone: 'Asia/Shanghai',
  hours: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]),
  days: {},
  open: true,
  full: [],
  ownSeries: [],
  rejoinWithin: 3_600_000,
  careBy: ['declared'],
  skills: [],
  notices: [two('公告一'), two('公告二')],
  display: { one: 'yao', voice: null, readingDistance: null, screen: 43, zones: [] },
  clockHeld: false,
  services: [],
  lanes: ['a', 'b', 'c'].map((id) => ({ id, letter: id.toUpperCase(), name: two(id) })),
  counters: Array.from({ length: 8 }, (_, i) => ({
    id: `c${i + 1}`,
    number: String(i + 1),
    name: two(`${i + 1}`),
    lanes: [{ laneId: ['a', 'b', 'c'][i % 3] ?? 'a', rank: 'primary' as const, threshold: null }],
  })),
  publicUrl: null,
  practice: false,
  demo: true,
}

/** A hall that speaks the real protocol to the real page, and calls as fast as it is told to. No database stands behind it. */
export interface EndlessHall {
  url: string
  /** Calls the next ticket at the next counter, whose last one is done, `at` ms; gives its number. Every seventh is a recall. */
  call(at: number): string
  stop(): Promise<void>
}

export async function startEndlessHall(at: number): Promise<EndlessHall> {
  const http = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://hall').pathname)
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (path === '/api/v1/devices') {
      return json({ id: 'd', kind: 'display', siteId: SITE.id, name: 'D1', token: 'token' }, 201)
    }
    if (path.startsWith('/api/v1/sites/')) return json(SITE)
    try {
      const file = readFileSync(join(dist, path.endsWith('/') ? `${path}index.html` : path))
      response.writeHead(200, { 'content-type': TYPES[extname(path) || '.html'] ?? 'text/plain' }).end(file)
    } catch {
      response.writeHead(404).end()
    }
  })
  const io = new Server<ClientEvents, ServerEvents>(http, { pingInterval: NEVER, pingTimeout: NEVER })
  const counters = Object.fromEntries(
    SITE.counters.map(({ id }) => [id, { status: 'open' as const, number: null, serving: false }]),
  )
  let board: PublicBoard = {
    ...{ siteId: SITE.id, seq: 0, at, day: dayAt(at, SITE), revision: 1 },
    ...{ waiting: { a: 30, b: 20, c: 10 }, counters, calls: [], help: {} },
  }
  io.on('connection', (socket) => {
    socket.emit('public:snapshot', board)
    socket.emit('heartbeat', { seq: board.seq, at: board.at })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  let calls = 0

  function say(event: Omit<PublicEvent, 'seq' | 'day' | 'revision'>): void {
    const whole: PublicEvent = { ...event, seq: board.seq + 1, day: board.day, revision: 1 }
    board = applyEvent(board, whole)
    io.emit('public:event', whole)
  }

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    call(now) {
      const again = calls % 7 === 6
      const which = again ? calls - 1 : calls
      calls++
      const counterId = `c${(which % 8) + 1}`
      const laneId = ['a', 'b', 'c'][which % 3] ?? 'a'
      const number = `${laneId.toUpperCase()}${String(which % 1000).padStart(3, '0')}`
      if (!again) {
        say({
          at: now,
          type: 'ticket:completed',
          counters: { [counterId]: { number: null, serving: false } },
        })
        say({ at: now, type: 'ticket:issued', waiting: { [laneId]: 1 } })
      }
      say({
        at: now,
        type: again ? 'ticket:recalled' : 'ticket:called',
        ...(again ? {} : { waiting: { [laneId]: -1 } }),
        counters: { [counterId]: { number, serving: false } },
        call: {
          ...{ callId: board.seq + 1, number, counterId, laneId, calls: again ? 2 : 1, at: now },
          language: which % 5 === 0 ? 'en' : 'zh-CN',
        },
      })
      io.emit('heartbeat', { seq: board.seq, at: now })
      return number
    },
    async stop() {
      await io.close()
    },
  }
}
