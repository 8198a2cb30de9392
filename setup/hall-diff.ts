import { type Written, writtenHall } from './hall-export.ts'
import { type HallSettings, LISTS } from './hall-file.ts'
import { WEEKDAYS, writeOpenings } from './hours.ts'

/** What things of a list are called in a line of the diff. */
const ONE: Record<string, string> = {
  skills: 'skill',
  lanes: 'lane',
  services: 'service',
  counters: 'counter',
  printers: 'printer',
  accounts: 'account',
}
/** A text longer than this is cut in a diff. */
const LONGEST = 60

/**
 * What becomes of a hall, in words, a line for each thing: `service passport: quota 60 → 40`. [HALL3]
 *
 * @param before null when there is no hall yet
 */
export function diffHall(before: HallSettings | null, after: HallSettings): string[] {
  const is = inLines(after)
  if (!before) {
    const counts = Object.keys(ONE).map(
      (list) => `${(is[list] as Written[] | undefined)?.length ?? 0} ${list}`,
    )
    return [`a new hall, ${after.site.id}: ${counts.join(', ')}`]
  }
  const was = inLines(before)
  return keysOf(was, is).flatMap((key) =>
    key in ONE ? ofList(key, listOf(was[key]), listOf(is[key])) : ofValue(key, was[key], is[key]),
  )
}

/** Each weekday by itself: `Mon-Fri` in one file and `Mon-Thu` in the other are not two other things. */
function inLines(hall: HallSettings): Written {
  const hours = WEEKDAYS.map((day, i) => [day, writeOpenings(hall.site.hours[i] ?? [])])
  return { ...writtenHall(hall), hours: Object.fromEntries(hours) }
}

function ofList(list: string, was: Written[], is: Written[]): string[] {
  const key = LISTS[list as keyof typeof LISTS].key
  const idOf = (item: Written) => String(item[key])
  const old = new Map(was.map((item) => [idOf(item), item]))
  const now = new Set(is.map(idOf))
  const lines = was
    .filter((item) => !now.has(idOf(item)))
    .map((item) => `${ONE[list]} ${idOf(item)}: removed`)
  for (const item of is) {
    const before = old.get(idOf(item))
    const name = `${ONE[list]} ${idOf(item)}`
    if (!before) lines.push(`${name}: new`)
    else {
      for (const field of keysOf(before, item)) {
        const change = ofValue(field, before[field], item[field])
        lines.push(...change.map((line) => `${name}: ${line}`))
      }
    }
  }
  const order = (items: Written[], others: { has(id: string): boolean }) =>
    items
      .map(idOf)
      .filter((id) => others.has(id))
      .join()
  if (order(was, now) !== order(is, old)) lines.push(`${list}: in another order`)
  return lines
}

function ofValue(name: string, was: Written[string], is: Written[string]): string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return []
  if (isMapping(was) && isMapping(is) && !('en' in was) && !('en' in is)) {
    return keysOf(was, is).flatMap((key) => ofValue(`${name} ${key}`, was[key], is[key]))
  }
  if (Array.isArray(was) && Array.isArray(is)) {
    const [old, now] = [was.map(shown), is.map(shown)]
    const changes = [
      ...old.filter((each) => !now.includes(each)).map((each) => `${name} without ${each}`),
      ...now.filter((each) => !old.includes(each)).map((each) => `${name} with ${each}`),
    ]
    return changes.length > 0 ? changes : [`${name} in another order`]
  }
  return [`${name} ${shown(was)} → ${shown(is)}`]
}

function shown(value: Written[string] | string): string {
  if (value === undefined) return 'none'
  if (Array.isArray(value)) return value.map(shown).join(', ')
  if (typeof value !== 'object') return cut(String(value))
  const parts = Object.entries(value).map(([key, each]) =>
    'en' in value ? shown(each) : `${key} ${shown(each)}`,
  )
  return parts.join('en' in value ? ' / ' : ', ')
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function isMapping(value: Written[string]): value is Written {
  return typeof value === 'object' && !Array.isArray(value)
}

function listOf(value: Written[string]): Written[] {
  return Array.isArray(value) ? value : []
}

function keysOf(was: Written, is: Written): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
}
