import { EVERYBODY, PEOPLE } from '#server/policy.ts'
import { DATA_DICTIONARY, type Entry, type Reader } from '#store/data-dictionary.ts'

/**
 * Who is told something. `counter` serves the tickets that are marked, `other-counter` never does, `operator` sits at the machine,
 * `outside` is a program that webhooks tell, `nobody` is who may read a log, the figures of the program, its memory.
 */
export type Whom =
  | (typeof EVERYBODY)[number]
  | 'counter'
  | 'other-counter'
  | 'setup'
  | 'operator'
  | 'paper'
  | 'outside'
  | 'nobody'

/** A word that stands in one field and nowhere else, so that wherever it is found it came from there. */
export interface Mark {
  /** The field as the dictionary names it. */
  field: string
  word: string
  /** Who may be told it. */
  told: ReadonlySet<Whom>
  /** Columns it may stand in as it is, `account.name`. */
  clear: ReadonlySet<string>
  /** A name of a field and no value: it is looked for only in what is told. */
  name?: true
}

const STAFF: readonly Whom[] = [...PEOPLE, 'counter', 'other-counter', 'setup', 'operator']
/** Whoever receives and serves. */
const DESK: readonly Whom[] = ['staff', 'volunteer', 'supervisor', 'counter', 'other-counter', 'operator']
/** Whom the dictionary's readers are, of those who ask during the day. */
const ARE: Record<Reader, readonly Whom[]> = {
  counter: ['counter'],
  supervisor: ['supervisor'],
  staff: STAFF,
  desk: DESK,
  auditor: ['auditor'],
  administrator: ['administrator'],
  yourself: ['ticket', 'paper'],
  everybody: [...EVERYBODY, ...STAFF, 'paper', 'outside'],
  program: [],
}

/** What the dictionary says of a field, `note.text` or `account.name`. */
function entryOf(field: string): Entry {
  const [table, ...rest] = field.split('.')
  const name = rest.join('.')
  const entry = DATA_DICTIONARY.find(
    (one) => one.table === table && (one.inside?.includes(name) || one.columns.includes(name)),
  )
  if (!entry) throw new Error(`the dictionary does not know ${field}`)
  return entry
}

/** A mark whose readers and place are those of its entry; what is inside of something sealed stands nowhere in the clear. */
export function markOf(
  field: string,
  word: string,
  also: { clear?: readonly string[]; told?: readonly Whom[] } = {},
): Mark {
  const { columns, inside, readers } = entryOf(field)
  const [, ...name] = field.split('.')
  const inTheClear = columns.includes(name.join('.')) && !inside ? [field] : []
  for (const other of also.clear ?? []) {
    if (entryOf(other).about !== entryOf(field).about)
      throw new Error(`the dictionary says nothing of ${field} in ${other}`)
  }
  return {
    field,
    word,
    told: new Set([...readers.flatMap((reader) => ARE[reader]), ...(also.told ?? [])]),
    clear: new Set([...inTheClear, ...(also.clear ?? [])]),
  }
}

/** What opens something: given out once to whom it is for, kept as a hash or sealed, and in no column at all. */
export function secret(field: string, word: string, told: readonly Whom[]): Mark {
  if (word.length < 6) throw new Error(`${field} is too short to be found`)
  return { field, word, told: new Set(told), clear: new Set() }
}

/** What residents confide, by the dictionary: every one of these has to be marked. */
export const CONFIDED: readonly string[] = DATA_DICTIONARY.flatMap(({ table, inside, about }) =>
  about === 'resident' ? (inside ?? []).map((name) => `${table}.${name}`) : [],
)

const NAME = '王小明标记甲'
const PHONE = '13800009999'
const CARDHOLDER = '赵标记乙'
const ID_NUMBER = '11010519491231002X'

/** The words of the day. */
export const WORDS = {
  ...{ name: NAME, phone: PHONE, cardholder: CARDHOLDER, idNumber: ID_NUMBER },
  note: '交接标记丙',
  rating: '评价标记丁',
  tablet: '平板标记庚',
  suggestion: '意见标记戊',
  purpose: '核对长寿路记号己',
  farewell: { 'zh-CN': '今天人多标记辛，请明天再来', en: 'so many marked-farewell today' },
  need: 'lives-alone',
  accommodations: ['wheelchair-counter', 'with-child'],
  /** Of those who work here. */
  clerk: '钱窗口标记壬',
  firstAdministrator: '孙管理标记癸',
  hook: 'marked-hook-7f3a',
  /** A password in the wrong field. */
  mistyped: 'Mistyped-mark-5512',
} as const

/** A column as answers name it: `arrivedAt`. */
const inAnswers = (column: string) => column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The marks that are known before the day begins; what the program makes up is added as it is given out. */
export function firstMarks(): Mark[] {
  const names = (words: readonly string[], also?: { told: readonly Whom[] }) =>
    words.map((word) => ({ ...markOf(`leg.${word}`, `"${inAnswers(word)}"`, also), name: true as const }))
  return [
    markOf('private_record.contact.name', NAME),
    markOf('private_record.contact.phone', PHONE),
    markOf('private_record.need', WORDS.need),
    ...WORDS.accommodations.map((word) => markOf('private_record.accommodations', word)),
    markOf('identity.name', CARDHOLDER),
    markOf('identity.number', ID_NUMBER),
    // The settings have the names of materials: the names of the lists stand for what was said of them.
    markOf('material_check.here', '"here":'),
    markOf('material_check.missing', '"missing":'),
    markOf('note.text', WORDS.note),
    markOf('rating.text', WORDS.rating),
    markOf('rating.text', WORDS.tablet),
    markOf('suggestion.text', WORDS.suggestion),
    markOf('ticket.farewell', WORDS.farewell['zh-CN']),
    markOf('ticket.farewell', WORDS.farewell.en),
    markOf('account.name', WORDS.clerk, { clear: ['site_version.accounts'] }),
    markOf('account.name', WORDS.firstAdministrator),
    markOf('webhook.url', WORDS.hook),
    secret('a purpose in words of one’s own', WORDS.purpose, []),
    secret('a password in the wrong field', WORDS.mistyped, []),
    ...names([
      'credit',
      'v',
      'stint',
      'skill',
      'noted',
      'prepare',
      'hold',
      'papers',
      'waits_until',
      'arrived_at',
    ]),
    // Rows of the audit are numbered by that name, too.
    ...names(['n'], { told: ['administrator'] }),
  ]
}
