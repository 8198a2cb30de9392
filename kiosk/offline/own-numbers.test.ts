import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { IssueRequest, IssueResponse, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import type { KioskPrinter } from '#protocol/printing.ts'
import { ApiError } from '#ui/api.ts'
import type { LinkState } from '#ui/link.ts'
import type { Book } from './book.ts'
import type { Keep } from './keep.ts'
import { createOwnNumbers } from './own-numbers.ts'

const NOON = Date.parse('2025-06-02T12:00:00+08:00')
const HOUR = 3_600_000
const two = (text: string) => ({ 'zh-CN': text, en: text })
const open = Array.from({ length: 7 }, () => [{ from: 8 * 60, to: 17 * 60 }])
const SITE = {
  ...{
    id: 'hall',
    name: two('hall'),
    timeZone: 'Asia/Shanghai',
    hours: open,
    days: {},
    open: true,
    full: ['s2'],
    ownSeries: [],
  },
  ...{
    practice: false,
    careBy: ['card'],
    services: [{ id: 's1', name: two('户口'), materials: [two('身份证')] }],
  },
} as unknown as SiteView
const WISH: IssueRequest = {
  ...{ serviceId: 's1', more: ['s2'], order: 'any', language: 'en', care: { need: 'pregnant' } },
  ...{ accommodations: ['written'], skill: 'signs', contact: { phone: '1' } },
  materials: [{ serviceId: 's1', here: [], missing: ['身份证'] }],
}

/** A disk: what one kiosk wrote, another page or the next start reads. Full, it takes nothing more. */
function disk(): Keep & { kept: Map<string, unknown>; full: boolean } {
  const kept = new Map<string, unknown>()
  const write = (name: string, value: unknown) => {
    if (self.full) throw new DOMException('full', 'QuotaExceededError')
    kept.set(name, copy(value))
  }
  const copy = <T>(value: unknown) => structuredClone(value) as T
  const self = {
    kept,
    full: false,
    get: async <T>(name: string) => copy<T | undefined>(kept.get(name)),
    set: async (name: string, value: unknown) => write(name, value),
    change: async <T>(name: string, how: (before: T | undefined) => T) => {
      const after = how(copy<T | undefined>(kept.get(name)))
      write(name, after)
      return after
    },
  }
  return self
}

interface Said {
  path: string
  key: string
}

function kiosk(
  keep: Keep,
  {
    answers = () => null,
    issue = async () => ({ ticket: { id: 't1' } }) as IssueResponse,
    site = SITE as SiteView | null,
    link = 'live' as LinkState,
    name = 'K1',
    printer = null as KioskPrinter | null,
  }: {
    answers?: (number: string) => ErrorKey | null
    issue?: (request: IssueRequest) => Promise<IssueResponse>
    site?: SiteView | null
    link?: LinkState
    name?: string
    printer?: KioskPrinter | null
  } = {},
) {
  const said: Said[] = []
  const state = {
    site: signal(site),
    link: signal(link),
    heard: signal<number | null>(link === 'live' ? NOON : null),
    offset: 0,
    answers,
  }
  const own = createOwnNumbers({
    siteId: 'hall',
    kiosk: name,
    keep,
    now: () => Date.now(),
    sinceStart: () => 0,
    hall: {
      site: state.site,
      remember: (known) => {
        state.site.value = known
      },
      refresh: async () => undefined,
      live: {
        link: state.link,
        lastHeard: state.heard,
        clock: () => Date.now() + state.offset,
        printer: signal(printer),
      } as never,
    },
    api: {
      issue: (_, request) => issue(request),
      post: async <T>(path: string, body: unknown, action?: { key?: string }) => {
        const { number } = body as { number: string }
        said.push({ path, key: action?.key ?? '' })
        const error = state.answers(number)
        if (error) throw new ApiError(error, 409)
        return {} as T
      },
    },
  })
  return { own, said, state, settled: () => vi.advanceTimersByTimeAsync(0) }
}

beforeEach(() => void vi.useFakeTimers({ now: NOON }))
afterEach(() => void vi.useRealTimers())

test('[KIOSK5] in touch the hall gives the number', async () => {
  const { own, settled } = kiosk(disk())
  await settled()
  expect(await own.issue(WISH, { key: 'visit-1' })).toEqual({ ticket: { id: 't1' } })
  expect(own.book.value.tickets).toEqual([])
})

test('[OFFLINE4] [OFFLINE9] out of touch it is the kiosk’s own: on the disk, with nothing that says why or who', async () => {
  const keep = disk()
  const { own, state, said, settled } = kiosk(keep)
  await settled()
  state.link.value = 'lost'
  state.answers = () => 'unavailable'
  expect(await own.issue(WISH, { key: 'visit-1' })).toMatchObject({ number: 'K1-01', at: NOON, slip: null })
  expect(await own.issue(WISH, { key: 'visit-1' })).toMatchObject({ number: 'K1-01' })
  const request = {
    number: 'K1-01',
    at: NOON,
    services: ['s1', 's2'],
    order: 'any',
    care: true,
    language: 'en',
  }
  expect((keep.kept.get('book') as Book).tickets).toEqual([{ key: 'visit-1', siteId: 'hall', request }])
  expect(said[0]).toEqual({ path: '/sites/hall/offline-tickets', key: 'visit-1' })
})

test('[OFFLINE9] what a card alone would grant is not granted; where a word is enough, the word is kept', async () => {
  const { own, state, settled } = kiosk(disk())
  await settled()
  state.link.value = 'lost'
  state.answers = () => 'unavailable'
  await own.issue({ serviceId: 's1', care: {}, card: { pass: 'pass-1' } }, { key: 'visit-1' })
  expect(own.book.value.tickets[0]?.request).toEqual({
    ...{ number: 'K1-01', at: NOON, services: ['s1'], language: 'zh-CN' },
  })
  state.site.value = { ...SITE, careBy: ['card', 'declared'] }
  await own.issue({ serviceId: 's1', care: {}, card: { pass: 'pass-1' } }, { key: 'visit-2' })
  expect(own.book.value.tickets[1]?.request).toMatchObject({ number: 'K1-02', care: true })
  expect(JSON.stringify(own.book.value)).not.toContain('pass-1')
})

test.each(['unavailable', 'internal'] as const)(
  '[KIOSK5] [OFFLINE8] an issue without an answer (%s) keeps its key',
  async (key) => {
    const { own, said, settled } = kiosk(disk(), { issue: () => Promise.reject(new ApiError(key, 0)) })
    await settled()
    expect(await own.issue(WISH, { key: 'visit-1' })).toMatchObject({ number: 'K1-01' })
    await settled()
    expect(said.map((one) => one.key)).toEqual(['visit-1'])
  },
)

test('[KIOSK5] nobody waits for an answer once the server is away; a refusal stays a refusal', async () => {
  const { own, state, settled } = kiosk(disk(), { issue: () => new Promise(() => {}) })
  await settled()
  const waiting = own.issue(WISH, { key: 'visit-1' })
  state.link.value = 'lost'
  expect(await waiting).toMatchObject({ number: 'K1-01' })
  const full = kiosk(disk(), { issue: () => Promise.reject(new ApiError('quota-reached', 409)) })
  await full.settled()
  await expect(full.own.issue(WISH, { key: 'visit-2' })).rejects.toThrow('quota-reached')
  expect(full.own.book.value.tickets).toEqual([])
})

test('[OFFLINE4] after a power cut it goes on: the hall as it knew it, the numbers it gave, the hours by its clock', async () => {
  const keep = disk()
  const before = kiosk(keep)
  await before.settled()
  before.state.link.value = 'lost'
  before.state.answers = () => 'unavailable'
  await before.own.issue(WISH, { key: 'visit-1' })
  before.own.close()

  const after = kiosk(keep, { site: null, link: 'lost', answers: () => 'unavailable' })
  expect(after.own.ready.value).toBe(false)
  await after.settled()
  expect(after.own.ready.value).toBe(true)
  expect(after.state.site.value).toEqual(SITE)
  expect(await after.own.issue(WISH, { key: 'visit-2' })).toMatchObject({ number: 'K1-02' })
  vi.setSystemTime(NOON + 5 * HOUR)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(after.state.site.value?.open).toBe(false)
  await expect(after.own.issue(WISH, { key: 'visit-3' })).rejects.toThrow('site-closed')
  vi.setSystemTime(NOON + 21 * HOUR)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(after.state.site.value).toMatchObject({ open: true, full: [], ownSeries: [] })
  after.state.answers = () => 'day-over'
  await vi.advanceTimersByTimeAsync(5_000)
  await after.own.seeTo(['K1-01', 'K1-02'])
  after.state.answers = () => 'unavailable'
  expect(await after.own.issue(WISH, { key: 'visit-4' })).toMatchObject({ number: 'K1-01' })
})

test('[OFFLINE4] a machine that came up with a clock of long ago is not believed', async () => {
  const keep = disk()
  const before = kiosk(keep)
  await before.settled()
  before.own.close()
  vi.setSystemTime(0)
  const after = kiosk(keep, { site: null, link: 'lost', answers: () => 'unavailable' })
  await after.settled()
  expect(await after.own.issue(WISH, { key: 'visit-1' })).toMatchObject({ number: 'K1-01', at: NOON })
})

test('[KIOSK5] a kiosk that never knew its hall, has no series, or a disk that keeps nothing, gives out none', async () => {
  const unknown = kiosk(disk(), { site: null, link: 'lost' })
  const nameless = kiosk(disk(), { name: '', link: 'lost' })
  const broken = { ...disk(), get: () => Promise.reject(new Error('no disk')) }
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const diskless = kiosk(broken, {
    link: 'lost',
    issue: () => Promise.reject(new ApiError('unavailable', 0)),
  })
  for (const { own, settled } of [unknown, nameless, diskless]) {
    await settled()
    expect(own.ready.value).toBe(false)
  }
  diskless.state.link.value = 'live'
  await expect(diskless.own.issue(WISH, { key: 'visit-1' })).rejects.toThrow('unavailable')
  warned.mockRestore()
})

test('[KIOSK5] [OFFLINE4] a disk that takes nothing more gives out none, and says so until it does', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const keep = disk()
  const { own, state, settled } = kiosk(keep, { answers: () => 'unavailable' })
  await settled()
  state.link.value = 'lost'
  await own.issue(WISH, { key: 'visit-1' })
  keep.full = true
  await expect(own.issue(WISH, { key: 'visit-2' })).rejects.toThrow('unavailable')
  expect(own.ready.value).toBe(false)
  expect(own.book.value.tickets.map(({ key }) => key)).toEqual(['visit-1'])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(own.ready.value).toBe(false)
  keep.full = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(own.ready.value).toBe(true)
  expect(await own.issue(WISH, { key: 'visit-2' })).toMatchObject({ number: 'K1-02' })

  // One that was full from the start.
  const later = disk()
  later.full = true
  const full = kiosk(later, { link: 'lost', answers: () => 'unavailable' })
  await full.settled()
  expect(full.own.ready.value).toBe(false)
  later.full = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(full.own.ready.value).toBe(true)
  warned.mockRestore()
})

test('[OFFLINE5] what was brought and could not be struck out is brought again with its key', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const keep = disk()
  const { own, state, said, settled } = kiosk(keep, { answers: () => 'unavailable' })
  await settled()
  state.link.value = 'lost'
  await own.issue(WISH, { key: 'visit-1' })
  await settled()
  keep.full = true
  state.answers = () => null
  said.length = 0
  await vi.advanceTimersByTimeAsync(5_000)
  keep.full = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(said.map(({ key }) => key)).toEqual(['visit-1', 'visit-1'])
  expect(own.book.value.tickets).toEqual([])
  warned.mockRestore()
})

test('[OFFLINE4] a disk that was emptied goes on behind what the server knows of the day', async () => {
  const ownSeries = [
    { kiosk: 'K2', last: 9 },
    { kiosk: 'K1', last: 3 },
  ]
  const { own, state, settled } = kiosk(disk(), { site: { ...SITE, ownSeries } })
  await settled()
  state.link.value = 'lost'
  state.answers = () => 'unavailable'
  expect(await own.issue(WISH, { key: 'visit-1' })).toMatchObject({ number: 'K1-04' })
})

test('[OFFLINE3] kiosks that are away at once give out no number of each other', async () => {
  const kiosks = ['K1', 'K2'].map((name) => kiosk(disk(), { name, answers: () => 'unavailable' }))
  for (const { state, settled } of kiosks) {
    await settled()
    state.link.value = 'lost'
  }
  const given = await Promise.all(
    [0, 1, 0, 1].map((at, n) => kiosks[at]?.own.issue(WISH, { key: `visit-${n}` })),
  )
  expect(given.map((one) => (one && 'number' in one ? one.number : null))).toEqual([
    ...['K1-01', 'K2-01', 'K1-02', 'K2-02'],
  ])
})

test('[OFFLINE6] a clock that is set hours off while the server is away changes no time and closes no hall', async () => {
  const { own, state, settled } = kiosk(disk(), { answers: () => 'unavailable' })
  await settled()
  state.link.value = 'lost'
  vi.setSystemTime(NOON + 31 * HOUR)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(state.site.value?.open).toBe(true)
  expect(await own.issue(WISH, { key: 'visit-1' })).toMatchObject({ number: 'K1-01', at: NOON })
})

test('[OFFLINE5] what was given out is brought once the server is there, each once, and forgotten', async () => {
  const keep = disk()
  const { own, state, said, settled } = kiosk(keep)
  await settled()
  state.link.value = 'lost'
  state.answers = () => 'unavailable'
  for (const key of ['visit-1', 'visit-2', 'visit-3']) await own.issue(WISH, { key })
  await settled()
  said.length = 0
  state.answers = (number) => (number === 'K1-02' ? 'number-taken' : null)
  state.link.value = 'live'
  await settled()
  expect(said.map(({ key }) => key)).toEqual(['visit-1', 'visit-2', 'visit-3'])
  expect(keep.kept.get('book')).toEqual({
    series: { kiosk: 'K1', day: '2025-06-02', last: 3 },
    tickets: [],
    refused: [{ number: 'K1-02', at: NOON, error: 'number-taken', facts: {} }],
  })
  await own.seeTo(['K1-02'])
  expect((keep.kept.get('book') as Book).refused).toEqual([])
})

test('[OFFLINE5] one that the server cannot take now keeps no other waiting, and is brought again', async () => {
  const { own, state, said, settled } = kiosk(disk())
  await settled()
  state.link.value = 'lost'
  state.answers = () => 'unavailable'
  for (const key of ['visit-1', 'visit-2']) await own.issue(WISH, { key })
  await settled()
  state.answers = (number) => (number === 'K1-01' ? 'internal' : null)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(own.book.value.tickets.map(({ key }) => key)).toEqual(['visit-1'])
  state.answers = () => null
  said.length = 0
  await vi.advanceTimersByTimeAsync(5_000)
  expect(said.map(({ key }) => key)).toEqual(['visit-1'])
  expect(own.book.value.tickets).toEqual([])
})

test('[OFFLINE4] two pages of one kiosk give out one series', async () => {
  const keep = disk()
  const pages = [kiosk(keep, { answers: () => 'unavailable' }), kiosk(keep, { answers: () => 'unavailable' })]
  for (const { state, settled } of pages) {
    await settled()
    state.link.value = 'lost'
  }
  const given = await Promise.all(
    [0, 1, 0, 1].map((page, n) => pages[page]?.own.issue(WISH, { key: `visit-${n}` })),
  )
  expect(given.map((one) => (one && 'number' in one ? one.number : null)).sort()).toEqual([
    ...['K1-01', 'K1-02', 'K1-03', 'K1-04'],
  ])
})

test('[PRINT11] a browser that prints is given the paper by the kiosk itself', async () => {
  const { own, state, settled } = kiosk(disk(), { printer: { how: 'browser', state: 'unknown', paper: 58 } })
  await settled()
  state.link.value = 'lost'
  state.answers = () => 'unavailable'
  const given = await own.issue({ serviceId: 's1' }, { key: 'visit-1' })
  expect(given).toMatchObject({ slip: { paper: 58, language: 'zh-CN' } })
  expect(JSON.stringify(given)).toContain('K1-01')
  expect(own.prints()).toBe(true)
  expect(kiosk(disk(), { printer: { how: 'network', state: 'ready', paper: 80 } }).own.prints()).toBe(false)
})
