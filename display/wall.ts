import type { SiteView } from '#protocol/api.ts'
import type { Call, PublicBoard } from '#protocol/board.ts'
import { waitToJoin } from '#ui/expected-wait.ts'
import { isOpen } from '#ui/hours.ts'
import type { Wait } from '#ui/i18n.ts'
import { standing } from '#ui/turns.ts'
import { concerns, type Part } from './zone.ts'

/** A call is news for this long, ms: it stands large beside other news. */
export const NEWS = 25_000
/** A call older than this when the screen first learns of it is shown and not announced, ms. */
export const OLD_NEWS = 45_000
/** How many calls may stand large at once. */
export const LARGE = 3

/** Of more counters than this, the closed ones are not shown. [WALL18] */
export const MANY_COUNTERS = 12

/** What became of a call since. */
export type Answer = 'awaited' | 'serving' | 'over'

export interface WallCall {
  callId: number
  number: string
  /** What is written above the window. */
  counter: string
  /** ms */
  at: number
  /** This ticket has been called before in this wait. */
  again: boolean
  answer: Answer
  /** The language the ticket was taken in: it stands first. */
  language: Call['language']
}

export interface WallCounter {
  id: string
  number: string
  status: 'open' | 'paused' | 'closed'
  /** The ticket called or served there now. */
  ticket: string | null
  serving: boolean
}

export interface WallLane {
  id: string
  letter: string
  name: SiteView['lanes'][number]['name']
  waiting: number
  /** No counter that serves it is open, although somebody waits in it or may come. [WALL8] */
  unserved: boolean
  /** For who comes now; null when no open counter serves it, or nobody may come. [WALL11] */
  wait: Wait | null
}

export interface Wall {
  /** Newest first, at most `LARGE`; empty before the first call of the day. */
  large: WallCall[]
  /** The calls before those, newest first. */
  last: WallCall[]
  counters: WallCounter[]
  lanes: WallLane[]
}

/**
 * What is on the wall. [WALL1] The newest call stands large; so does every other call that is still news, is its counter's
 * latest and has not been answered. Yesterday's calls are not shown today. [WALL2]
 *
 * @param now ms on the server's clock
 * @param today the business day it is at the site
 * @param screen the part of the hall it shows, and how many calls may stand large
 */
export function wallOf(
  board: PublicBoard,
  site: SiteView,
  now: number,
  today: string,
  { part = null, most = LARGE }: { part?: Part | null; most?: number } = {},
): Wall {
  const shown = board.day === today ? board.calls.filter((call) => concerns(part, call)) : []
  const open = isOpen(site, now)
  const taken = new Set<string>()
  const large: Call[] = []
  const last: Call[] = []
  for (const call of shown) {
    const latestThere = !taken.has(call.counterId)
    taken.add(call.counterId)
    const wanted = latestThere && answerTo(board, call) === 'awaited'
    const news = now - call.at < NEWS && wanted && large.length < most
    if (large.length === 0 || news) large.push(call)
    else last.push(call)
  }
  const onWall = (call: Call): WallCall => ({
    callId: call.callId,
    number: call.number,
    counter: counterNumber(site, call.counterId),
    at: call.at,
    again: call.calls > 1,
    answer: answerTo(board, call),
    language: call.language,
  })
  const counters = site.counters
    .filter(({ id }) => part?.counters.has(id) ?? true)
    .map(({ id, number }): WallCounter => {
      const counter = board.counters[id]
      return {
        id,
        number,
        status: counter?.status ?? 'closed',
        ticket: counter?.number ?? null,
        serving: counter?.serving ?? false,
      }
    })
  return {
    large: large.map(onWall),
    last: last.map(onWall),
    counters: counters.length > MANY_COUNTERS ? counters.filter(isSeen) : counters,
    lanes: site.lanes
      .filter(({ id }) => part?.lanes.has(id) ?? true)
      .map(({ id, letter, name }) => {
        const waiting = board.waiting[id] ?? 0
        const unserved = (waiting > 0 || open) && !isServed(board, site, id)
        return { id, letter, name, waiting, unserved, wait: open ? waitToJoin(site, board, id) : null }
      }),
  }
}

function isServed(board: PublicBoard, site: SiteView, laneId: string): boolean {
  return site.counters.some(
    ({ id, lanes }) =>
      board.counters[id]?.status === 'open' && lanes.some((served) => served.laneId === laneId),
  )
}

/** What stands at the foot while nothing is said: that the hall only serves those inside, or these in turn. */
export type Foot = { at: 'closing' } | { at: 'missed' } | { at: 'notice'; text: SiteView['notices'][number] }

/** [WALL6] [WALL7] */
export function footOf(board: PublicBoard | null, site: SiteView, now: number): Foot {
  if (board && !isOpen(site, now) && somebodyInside(board)) return { at: 'closing' }
  const notices = site.notices.map((text): Foot => ({ at: 'notice', text }))
  return standing([{ at: 'missed' } as Foot, ...notices], now) ?? { at: 'missed' }
}

/** Signs that find room in a line of the foot, beside the button for sound; the second language is seven tenths as large. */
const FOOT_LINE = 45
/** A Latin letter takes about this part of a Chinese sign. */
const LETTER = 0.45

/** How large what stands at the foot can be so that both languages are there whole: on a line each, on two each, or on more. [WALL6] */
export function footSize(first: string, second: string): 'one' | 'two' | 'more' {
  const signs = Math.max(signsOf(first), 0.7 * signsOf(second))
  if (signs <= FOOT_LINE) return 'one'
  return signs <= (FOOT_LINE * 2) / 0.7 ? 'two' : 'more'
}

function signsOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign < '\u2e80' ? LETTER : 1), 0)
}

function somebodyInside({ waiting, counters }: PublicBoard): boolean {
  return (
    Object.values(waiting).some((count) => count > 0) ||
    Object.values(counters).some(({ number }) => number !== null)
  )
}

function answerTo(board: PublicBoard, call: Call): Answer {
  const counter = board.counters[call.counterId]
  if (counter?.number !== call.number) return 'over'
  return counter.serving ? 'serving' : 'awaited'
}

/** What is written above a window; its id when the settings do not know it yet. */
export function counterNumber(site: SiteView, counterId: string): string {
  return site.counters.find(({ id }) => id === counterId)?.number ?? counterId
}

/** What the screen has announced so far: the id of the latest call it has dealt with. */
export interface Heard {
  siteId: string
  callId: number
}

/**
 * The calls to announce, oldest first, and what has been heard after them. [WALL3] A recall has a call id of its own, so it
 * is announced again. A call that is old news when it is learned of counts as heard and is not announced. [WALL4]
 *
 * @param heard null when the screen has just been switched on
 * @param now ms on the server's clock
 */
export function toAnnounce(
  board: PublicBoard,
  heard: Heard | null,
  now: number,
  part: Part | null = null,
): { calls: Call[]; heard: Heard } {
  // Another site, or a log that began anew, numbers its calls from the start.
  const same = heard !== null && heard.siteId === board.siteId && heard.callId <= board.seq
  const after = same ? heard.callId : 0
  const unheard = board.calls.filter(({ callId }) => callId > after)
  const calls = unheard
    .filter((call) => now - call.at <= OLD_NEWS && concerns(part, call))
    .sort((a, b) => a.callId - b.callId)
  const callId = unheard.reduce((latest, call) => Math.max(latest, call.callId), after)
  return { calls, heard: { siteId: board.siteId, callId } }
}

/** The calls somebody has answered, or nobody will: not worth saying any more. [WALL5] */
export function answered(board: PublicBoard): number[] {
  return board.calls.filter((call) => answerTo(board, call) !== 'awaited').map(({ callId }) => callId)
}

/** Whether counters and lanes fill so much of an upright wall that the last calls have no room beside those of now. [WALL18] */
export function isCrowded({ counters, lanes }: Pick<Wall, 'counters' | 'lanes'>): boolean {
  // A row of counters is about twice as high as one of lanes.
  return 2 * Math.ceil(counters.length / 6) + Math.ceil(lanes.length / 2) > 7
}

/** A counter where somebody is, or may be called to. */
function isSeen({ status, ticket }: WallCounter): boolean {
  return status !== 'closed' || ticket !== null
}
