import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { IssueRequest, IssueResponse, OfflineResponse, SiteView } from '#protocol/api.ts'
import { seriesOf } from '#protocol/offline.ts'
import type { KioskPrinter, Slip } from '#protocol/printing.ts'
import { slipOf } from '#protocol/slip.ts'
import { type Action, ApiError } from '#ui/api.ts'
import { dayAt, isOpen } from '#ui/hours.ts'
import type { Hall } from '../hall.ts'
import { type Book, brought, EMPTY, isPassing, issued, seenTo } from './book.ts'
import type { Keep } from './keep.ts'
import { createOwnClock, type Heard } from './own-clock.ts'

/** How often a kiosk looks whether something is to be brought, whether it can keep, and whether the hall still is open, ms. */
const LOOK = 5_000

/** A number of the kiosk's own, as its resident is shown it. */
export interface OwnNumber {
  number: string
  /** ms */
  at: number
  /** What the kiosk's browser is to print, where it prints. */
  slip: Slip | null
}

/** What is kept of the hall. */
interface KeptHall {
  siteId: string
  site: SiteView
  printer: KioskPrinter | null
}

export interface OwnNumbers {
  /** The kiosk knows its hall and can keep numbers: it may give them out. */
  ready: ReadonlySignal<boolean>
  book: ReadonlySignal<Book>
  /** Its own browser gives its residents paper. */
  prints: () => boolean
  /** A number of the hall; or, when it cannot be had now, one of the kiosk's own. */
  issue: (request: IssueRequest, action: { key: string }) => Promise<IssueResponse | OwnNumber>
  /** Staff have seen to the residents of these numbers. */
  seeTo: (numbers: readonly string[]) => Promise<void>
  close: () => void
}

export interface OwnNumbersParts {
  siteId: string
  /** What the kiosk is called, `K1`: its series. */
  kiosk: string
  hall: Pick<Hall, 'site' | 'remember' | 'refresh' | 'live'>
  api: {
    issue: (siteId: string, request: IssueRequest, action: Action) => Promise<IssueResponse>
    post: <T>(path: string, body: unknown, action?: Action) => Promise<T>
  }
  keep: Keep
  /** The machine's clock, and the time since this page began, ms. */
  now?: () => number
  sinceStart?: () => number
}

/**
 * The kiosk's own numbers: given out while the server is away, kept on the disk before they are shown, and brought to the server once
 * it is back. [OFFLINE4] [OFFLINE5] [KIOSK5]
 */
export function createOwnNumbers({
  siteId,
  kiosk,
  hall,
  api,
  keep,
  now = Date.now,
  sinceStart = () => performance.now(),
}: OwnNumbersParts): OwnNumbers {
  const { site, live } = hall
  const book = signal<Book>(EMPTY)
  const opened = signal(false)
  /** What was to be written last is on the disk. */
  const keeps = signal(false)
  const clock = createOwnClock({ lastHeard: live.lastHeard, now, sinceStart })
  /** When an earlier page heard the server, ms. */
  let heardAt = 0
  let printer: KioskPrinter | null = null
  /** The hall as it was kept last. */
  let written = ''
  let bringing = false
  let closed = false

  /** Writes the book. A disk that does not take it is said to keep nothing, until it does. */
  async function change(how: (before: Book) => Book): Promise<void> {
    try {
      book.value = await keep.change<Book>('book', (before) => how(before ?? EMPTY))
      keeps.value = true
    } catch (error) {
      keeps.value = false
      throw error
    }
  }

  async function open(): Promise<void> {
    const [known, last] = await Promise.all([keep.get<KeptHall>('hall'), keep.get<Heard>('heard')])
    // Reads the book, and shows that it can be written.
    await change((before) => before)
    if (last) {
      heardAt = last.at
      clock.remember(last)
    }
    if (known?.siteId === siteId) {
      printer = known.printer
      if (site.peek() === null) hall.remember(asOfNow(known.site))
    }
    opened.value = true
    void bring()
  }

  /** The settings as they would be read now: hours go on, and another day gives its numbers out anew. */
  function asOfNow(known: SiteView): SiteView {
    const at = clock.now()
    const anew = dayAt(at, known) !== dayAt(live.lastHeard.peek() ?? heardAt, known)
    return { ...known, open: isOpen(known, at), ...(anew && { full: [], ownSeries: [] }) }
  }

  async function write(known: SiteView): Promise<void> {
    printer = live.printer.peek() ?? printer
    const hallNow: KeptHall = { siteId, site: known, printer }
    const words = JSON.stringify(hallNow)
    if (words !== written) await keep.set('hall', hallNow)
    written = words
    await keep.set('heard', clock.heard())
  }

  async function give(request: IssueRequest, key: string): Promise<OwnNumber> {
    const known = site.peek()
    const at = clock.now()
    if (known === null || !isOpen(known, at)) throw new ApiError('site-closed', 0)
    const { serviceId, more = [], order, care, card, language = 'zh-CN' } = request
    const visit = {
      services: [serviceId, ...more],
      ...(order && { order }),
      // What a card alone would grant is not granted here.
      ...(care && (card === undefined || known.careBy.includes('declared')) && { care: true }),
      language,
    }
    // An emptied disk has forgotten what the server knows of this day.
    const least = known.ownSeries.find((series) => series.kiosk === kiosk)?.last ?? 0
    let number = ''
    let since = at
    await change((before) => {
      const given = issued(before, { kiosk, day: dayAt(at, known), least, at, key, siteId, visit })
      number = given.ticket.request.number
      since = given.ticket.request.at
      return given.book
    }).catch((error) => {
      console.warn(error)
      throw new ApiError('unavailable', 0)
    })
    void bring().catch(console.warn)
    return { number, at: since, slip: slipFor(known, { number, at: since, language, ids: visit.services }) }
  }

  const prints = (): boolean => (live.printer.peek() ?? printer)?.how === 'browser'

  function slipFor(
    known: SiteView,
    {
      number,
      at,
      language,
      ids,
    }: { number: string; at: number; language: 'zh-CN' | 'en'; ids: readonly string[] },
  ): Slip | null {
    const beside = live.printer.peek() ?? printer
    if (beside === null || !prints()) return null
    const services = ids.flatMap((id) => known.services.find((service) => service.id === id) ?? [])
    const { name: hallName, practice, timeZone } = known
    const facts = { hall: hallName, practice, timeZone, number, language, issuedAt: at }
    const never = { issue: null, trackUrl: null, again: false }
    return slipOf(
      {
        ...facts,
        ...never,
        services: services.map(({ name }) => name),
        materials: services[0]?.materials ?? [],
      },
      beside.paper,
    )
  }

  /** One after another, until the server is away again. What it refuses for good stays here, for staff. */
  async function bring(): Promise<void> {
    if (bringing || closed) return
    bringing = true
    try {
      for (const { key, siteId: where, request } of [...book.peek().tickets]) {
        const path = `/sites/${encodeURIComponent(where)}/offline-tickets`
        const error = await api.post<OfflineResponse>(path, request, { key }).then(
          () => null,
          (thrown: unknown) => (thrown instanceof ApiError ? thrown : new ApiError('internal', 0)),
        )
        if (error?.key === 'unavailable') return
        if (error && isPassing(error.key)) continue
        const refusal = error && { error: error.key, facts: error.facts }
        await change((before) => brought(before, key, refusal))
        // The number can be asked about from now on.
        if (!error) void hall.refresh()
      }
    } finally {
      bringing = false
    }
  }

  const look = async (): Promise<void> => {
    const known = site.peek()
    if (live.link.peek() === 'lost' && known) {
      const current = asOfNow(known)
      if (current.open !== known.open || current.full.length !== known.full.length) hall.remember(current)
    }
    if (!opened.peek()) return open()
    // Another page of this kiosk may have given out, or brought, in the meantime.
    if (keeps.peek()) book.value = (await keep.get<Book>('book')) ?? EMPTY
    else await change((before) => before)
    await bring()
  }
  const timer = setInterval(() => void look().catch(console.warn), LOOK)
  const stops = [
    effect(() => {
      const known = site.value
      if (known && opened.value && live.link.value === 'live') void write(known).catch(console.warn)
    }),
    effect(() => {
      if (live.link.value === 'live' && opened.value) void bring().catch(console.warn)
    }),
  ]
  void open().catch(console.warn)

  const ready = computed(
    () => keeps.value && opened.value && site.value !== null && seriesOf(`${kiosk}-01`) !== null,
  )
  return {
    ready,
    book,
    prints,
    async issue(request, action) {
      if (live.link.peek() !== 'lost') {
        try {
          return await orLost(api.issue(siteId, request, action), live.link)
        } catch (error) {
          const unanswered =
            error instanceof ApiError && (error.key === 'unavailable' || error.key === 'internal')
          if (!unanswered || !ready.peek()) throw error
        }
      }
      return give(request, action.key)
    },
    async seeTo(numbers) {
      await change((before) => seenTo(before, numbers))
    },
    close() {
      closed = true
      clearInterval(timer)
      clock.close()
      for (const stop of stops) stop()
    },
  }
}

/** An answer; or none, once the server is away: nobody waits for what will not come. */
function orLost<T>(answer: Promise<T>, link: ReadonlySignal<string>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = link.subscribe((state) => {
      if (state === 'lost') reject(new ApiError('unavailable', 0))
    })
    answer.then(resolve, reject).finally(stop)
  })
}
