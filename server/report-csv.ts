import { LEVELS, type Level } from '#domain/rating.ts'
import type { DayReport, LateFact, Ratings, Spread } from '#domain/report.ts'
import { type Both, both, csvOf } from './csv.ts'

const COLUMNS: readonly Both[] = [
  ['部分', 'Part'],
  ['项目', 'Item'],
  ['数量', 'Count'],
  ['中位数（分钟）', 'Median (min)'],
  ['九成在此以内（分钟）', 'P90 (min)'],
  ['最长（分钟）', 'Longest (min)'],
  ['超过上限', 'Over the cap'],
  ['达到目标', 'Within target'],
  ['时间', 'Time'],
  ['窗口', 'Counter'],
  ['说明', 'Note'],
]

/** One row; what is left out is an empty cell. */
interface Line {
  part: Both
  item: Both | string
  count?: number
  spread?: Pick<Spread, 'median' | 'p90'> & { longest?: number | null }
  overCap?: number
  within?: string
  time?: string
  counter?: string | null
  note?: Both | string | undefined
}

const PART = {
  day: ['全天', 'Day'],
  waits: ['等候', 'Waits'],
  service: ['事项', 'Service'],
  serving: ['办理', 'Serving'],
  holds: ['暂缓', 'Holds'],
  rating: ['评价', 'Rating'],
  help: ['呼叫帮助', 'Calls for help'],
  exception: ['顺序例外', 'Exception'],
  late: ['超过上限', 'Over the cap'],
} as const satisfies Record<string, Both>

const KIND: Record<DayReport['exceptions'][number]['kind'], Both> = {
  'called-specific': ['指定叫号', 'called out of turn'],
  'resumed-here': ['在窗口恢复', 'resumed at a counter'],
  undone: ['撤销', 'taken back'],
  'on-paper': ['纸上叫号', 'called on paper'],
}
const HOLD: Record<keyof DayReport['holds']['kinds'], Both> = {
  fetching: ['居民去取材料', 'fetching a paper'],
  'papers-kept': ['材料留在窗口', 'papers kept'],
  'another-step': ['先办另一步', 'another step first'],
}
const ENDED: Record<DayReport['late'][number]['ended'], Both> = {
  called: ['已叫号', 'called'],
  left: ['未办理就结束', 'ended without a call'],
  waiting: ['仍在等候', 'still waiting'],
}
/** What the console offers as reasons; anything else was written by hand. */
const REASON: Record<string, Both> = {
  unwell: ['身体不适', 'unwell'],
  urgent: ['情况紧急', 'urgent'],
  'our-mistake': ['工作差错', 'our mistake'],
  other: ['其他', 'other'],
}

/** The report as a sheet for Excel. [REPORT9] */
export function reportCsv(report: DayReport, timeZone: string): string {
  return csvOf([COLUMNS.map(both), ...lines(report, timeZone).map(cells)])
}

function lines(report: DayReport, timeZone: string): Line[] {
  const day = (item: Both, count: number | undefined, note?: Both | string): Line => ({
    part: PART.day,
    item,
    ...(count !== undefined && { count }),
    note,
  })
  const { waits, classes, left, holds } = report
  const clock = clockOf(timeZone)
  const few: Both = ['人数过少，不单列', 'too few to be shown apart']
  // What is not told is not nothing. [ROLE7]
  const later: Both = ['当天结束后、人数足够才列出', 'told once the day is over, where they are enough']
  return [
    day(['取号', 'Tickets issued'], report.issued, report.day),
    day(['已办结', 'Served'], report.served),
    day(['已取消', 'Cancelled'], report.cancelled),
    day(['请回', 'Sent home'], report.sentHome),
    day(['过号未返回', 'Missed, not back'], report.notBack),
    day(['仍在大厅', 'Still inside'], report.inside),
    day(['过号次数', 'Missed calls'], report.missedCalls),
    day(['过号后返回', 'Rejoined'], report.rejoined),
    day(
      ['关怀号', 'Tickets with care'],
      classes.care ?? undefined,
      classes.care === null ? later : undefined,
    ),
    day(['顺序例外', 'Exceptions'], report.exceptions.filter(({ undone }) => !undone).length),
    { part: PART.waits, item: ['全部', 'All'], count: waits.count, spread: waits, overCap: waits.overCap },
    ...(['ordinary', 'care'] as const).map((which): Line => {
      const item: Both = which === 'care' ? ['关怀', 'Care'] : ['普通', 'Ordinary']
      if (!classes.waits) return { part: PART.waits, item, note: classes.care === null ? later : few }
      const { count, overCap, ...spread } = classes.waits[which]
      return { part: PART.waits, item, count, spread, overCap }
    }),
    {
      part: PART.waits,
      item: ['未叫到就结束', 'Ended without a call'],
      count: left.count,
      spread: left,
      overCap: left.overCap,
    },
    {
      part: PART.waits,
      item: ['纸上叫号', 'Called on paper'],
      count: report.paper.waits.count,
      spread: report.paper.waits,
      overCap: report.paper.waits.overCap,
      note: [`共 ${report.paper.calls} 次`, `${report.paper.calls} calls`],
    },
    ...report.services.map(
      ({ name, waits, target }): Line => ({
        part: PART.service,
        item: [name['zh-CN'], name.en],
        count: waits.count,
        spread: waits,
        overCap: waits.overCap,
        ...(target && {
          within: `${target.within}/${target.of}`,
          note: [`目标 ${minutes(target.wait)} 分钟`, `target ${minutes(target.wait)} min`] as const,
        }),
      }),
    ),
    ...report.services.map(
      ({ name, serving }): Line => ({
        part: PART.serving,
        item: [name['zh-CN'], name.en],
        count: serving.count,
        spread: serving,
      }),
    ),
    {
      part: PART.serving,
      item: ['纸上叫号', 'Called on paper'],
      count: report.paper.serving.count,
      spread: report.paper.serving,
    },
    ...Object.entries(HOLD).map(
      ([kind, item]): Line => ({
        part: PART.holds,
        item,
        count: holds.kinds[kind as keyof typeof HOLD],
      }),
    ),
    {
      part: PART.holds,
      item: ['全部', 'All'],
      count: holds.count,
      spread: { median: null, p90: null, longest: holds.longest },
      note: [
        `共 ${minutes(holds.total)} 分钟，${holds.old} 次过久`,
        `${minutes(holds.total)} min in all, ${holds.old} too long`,
      ],
    },
    ...report.ratings.services.map((of): Line => ratingLine([of.name['zh-CN'], of.name.en], of)),
    ratingLine(['全部', 'All'], report.ratings),
    { part: PART.rating, item: ['差评', 'Low ratings'], count: report.ratings.low },
    { part: PART.rating, item: ['意见', 'Suggestions'], count: report.suggestions.count },
    ...helpLines(report.help),
    ...report.exceptions.map(({ at, kind, number, counter, reason, undone }): Line => {
      const why = reason === null ? null : (REASON[reason] ?? ([reason, reason] as const))
      const back: Both | null = undone ? ['已撤销', 'taken back'] : null
      return {
        part: PART.exception,
        item: number,
        time: clock(at),
        counter,
        note: join([KIND[kind], why, back]),
      }
    }),
    ...report.late.map(
      ({ number, wait, ended, why }): Line => ({
        part: PART.late,
        item: number,
        spread: { median: null, p90: null, longest: wait },
        note: join([ENDED[ended], ...why.map(factWords)]),
      }),
    ),
  ]
}

/** Seconds matter here, so they are said in words beside the minutes. */
function helpLines({ asked, answered, escalated, takenBack }: DayReport['help']): Line[] {
  const seconds = (ms: number | null) => Math.round((ms ?? 0) / 1_000)
  const { count, median, p90 } = answered
  const line = (item: Both, of: number): Line => ({ part: PART.help, item, count: of })
  return [
    line(['全部', 'All'], asked),
    {
      ...line(['有人回应', 'Answered'], count),
      spread: answered,
      ...(count > 0 && {
        note: [
          `中位数 ${seconds(median)} 秒，九成在 ${seconds(p90)} 秒以内`,
          `median ${seconds(median)} s, nine in ten within ${seconds(p90)} s`,
        ] as const,
      }),
    },
    line(['无人及时回应', 'Escalated'], escalated),
    line(['没有人回应就收回', 'Taken back unanswered'], takenBack),
  ]
}

const LEVEL: Record<Level, Both> = {
  5: ['非常满意', 'very satisfied'],
  4: ['满意', 'satisfied'],
  3: ['基本满意', 'fairly satisfied'],
  2: ['不满意', 'dissatisfied'],
  1: ['非常不满意', 'very dissatisfied'],
}

/** How many rated, of how many, and how content they were where they are enough. [RATE5] */
function ratingLine(item: Both, { done, rated, levels }: Ratings): Line {
  const share = done === 0 ? 0 : Math.round((rated / done) * 100)
  const of: Both = [`${rated}/${done} 已评价（${share}%）`, `${rated} of ${done} rated (${share} %)`]
  const each = levels ? LEVELS.map((level) => LEVEL[level].map((words) => `${words} ${levels[level]}`)) : []
  const few: Both | null = rated > 0 && !levels ? ['人数过少，不单列', 'too few to be shown apart'] : null
  return { part: PART.rating, item, count: rated, note: join([of, ...(each as unknown as Both[]), few]) }
}

function factWords(fact: LateFact): Both {
  switch (fact.fact) {
    case 'unserved':
      return [`${minutes(fact.ms)} 分钟没有窗口开放`, `${minutes(fact.ms)} min without an open counter`]
    case 'missed':
      return [
        `过号 ${fact.calls} 次后又等了 ${minutes(fact.ms)} 分钟`,
        `${minutes(fact.ms)} min more after ${fact.calls} missed calls`,
      ]
    case 'held':
      return [`暂缓后又等了 ${minutes(fact.ms)} 分钟`, `${minutes(fact.ms)} min more after a hold`]
    case 'overtaken':
      return [`${fact.count} 位后到但次序在前`, `${fact.count} came later with an earlier turn`]
    case 'demand': {
      const hours = (fact.counterTime / 3_600_000).toFixed(1)
      return [
        `等候期间来了 ${fact.arrivals} 位，窗口合计开放 ${hours} 小时`,
        `${fact.arrivals} arrived meanwhile, ${hours} counter hours`,
      ]
    }
  }
}

function join(words: readonly (Both | null)[]): Both {
  const said = words.filter((one) => one !== null)
  return [said.map(([zh]) => zh).join('，'), said.map(([, en]) => en).join(', ')]
}

function cells(line: Line): string[] {
  const { part, item, count, spread, overCap, within, time, counter, note } = line
  return [
    both(part),
    both(item),
    String(count ?? ''),
    minutes(spread?.median),
    minutes(spread?.p90),
    minutes(spread?.longest),
    String(overCap ?? ''),
    within ?? '',
    time ?? '',
    counter ?? '',
    both(note ?? ''),
  ]
}

/** With one decimal. */
function minutes(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '' : String(Math.round(ms / 6_000) / 10)
}

function clockOf(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return (at) => format.format(at)
}
