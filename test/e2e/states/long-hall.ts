import { parse, stringify } from 'yaml'

const LONGER = {
  'zh-CN': '（含补办、换领、信息变更、注销登记以及跨省通办等全部情形）',
  en: ' including replacements, changes and cancellations',
}
/** The most a hall's file takes of each. */
const MOST: Readonly<Record<string, number>> = {
  says: 30,
  name: 60,
  department: 60,
  guide: 2_000,
  where: 200,
}

interface Words {
  'zh-CN': string
  en: string
}

const isWords = (value: object): value is Words => 'zh-CN' in value && 'en' in value

/** All words of a hall's file made long, as a hall could really write them. */
function lengthened(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((one) => lengthened(one, name))
  if (value === null || typeof value !== 'object') return value
  const rest = Object.entries(value).map(([key, one]) => [key, lengthened(one, key)])
  if (!isWords(value)) return Object.fromEntries(rest)
  const most = MOST[name] ?? 200
  const longer = (language: keyof Words) => {
    const again = name === 'guide' || most === 200 ? `${value[language]} ` : ''
    return `${again.repeat(4)}${value[language]}${LONGER[language]}`.slice(0, most)
  }
  return { ...Object.fromEntries(rest), 'zh-CN': longer('zh-CN'), en: longer('en') }
}

/** The demo hall as one to practise in, three times as large, with very long words everywhere. */
export function longHall(demo: string): string {
  const hall = parse(demo)
  const { lanes, services, counters } = hall
  for (const turn of [1, 2]) {
    for (const { id, letter, ...lane } of parse(demo).lanes) {
      lanes.push({
        id: `${id}-${turn}`,
        letter: String.fromCharCode(letter.charCodeAt(0) + 4 * turn),
        ...lane,
      })
    }
    for (const { id, lane, ...service } of parse(demo).services) {
      services.push({ id: `${id}-${turn}`, lane: `${lane}-${turn}`, ...service })
    }
    for (const { id, number, primary } of parse(demo).counters) {
      const there = { id: `${id}${turn}`, number: number + 6 * turn }
      counters.push({ ...there, primary: primary.map((lane: string) => `${lane}-${turn}`) })
    }
  }
  return stringify({ practice: true, ...(lengthened(hall, '') as object) })
}
