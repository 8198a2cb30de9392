import type { z } from 'zod'
import { CARE_NEEDS } from '#domain/care.ts'
import type { Notice } from '#domain/display.ts'
import { writeDuration } from './duration.ts'
import { type Path, type PlacedFile, type Problem, readPlaced } from './file-place.ts'
import {
  type HallSettings,
  type Head,
  headSchema,
  type Item,
  LISTS,
  type ListName,
  type Lists,
  meaningOf,
  TOP_KEYS,
} from './hall-file.ts'
import { type CheckedPicture, checkPicture, KEPT, MOST_PICTURES, type Pictures } from './pictures.ts'
import { isOwnMachine } from './reader-address.ts'

/** What a check of a file found. */
export interface Checked {
  /** What the file means; null when anything in it is wrong. */
  hall: HallSettings | null
  /** Pictures of its notices that are to be kept. */
  pictures: CheckedPicture[]
  /** In the order of the file. */
  errors: Problem[]
  /** Right, and yet perhaps not meant so. */
  warnings: Problem[]
}

/** A hall's file is no book, bytes of UTF-8. */
const LARGEST = 1_000_000
/** Whose place is no counter. */
const STANDING = ['volunteer', 'director', 'auditor']

/** Checks a whole file and says everything that is wrong at once, each with its line. [HALL1] [HALL2] */
export function checkHall(text: string, pictures: Pictures = {}): Checked {
  if (Buffer.byteLength(text) > LARGEST) {
    const tooLong = { line: 1, column: 1, path: [], message: 'is longer than a megabyte' }
    return { hall: null, pictures: [], errors: [tooLong], warnings: [] }
  }
  const check = new Check(readPlaced(text), pictures)
  check.run()
  const inOrder = (problems: Problem[]) => problems.sort((a, b) => a.line - b.line || a.column - b.column)
  return {
    hall: check.hall,
    pictures: [...check.pictures.values()],
    errors: inOrder(check.errors),
    warnings: inOrder(check.warnings),
  }
}

/** `hall.yaml:12:5 services[2].lane: there is no lane houshold` */
export function writeProblem(file: string, { line, column, path, message }: Problem): string {
  const where = path.reduce<string>(
    (written, step) =>
      typeof step === 'number' ? `${written}[${step}]` : written ? `${written}.${step}` : step,
    '',
  )
  return `${file}:${line}:${column} ${where ? `${where}: ` : ''}${message}`
}

type Found<L extends ListName> = { at: number; item: Item<L> }[]

class Check {
  readonly errors: Problem[]
  readonly warnings: Problem[] = []
  hall: HallSettings | null = null
  /** By the name the file says. */
  readonly pictures = new Map<string, CheckedPicture>()
  readonly #file: PlacedFile
  readonly #beside: Pictures
  #content: Record<string, unknown> = {}

  constructor(file: PlacedFile, beside: Pictures) {
    this.#file = file
    this.#beside = beside
    this.errors = [...file.problems]
  }

  run(): void {
    const { content } = this.#file
    if (content === null && this.errors.length > 0) return
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      this.#wrong([], 'is not a hall: it begins with "site: " and an id')
      return
    }
    this.#content = content as Record<string, unknown>
    for (const key of Object.keys(content)) if (!TOP_KEYS.includes(key)) this.#unknownKey([], key, TOP_KEYS)
    const head = this.#head()
    const lists = {
      skills: this.#list('skills'),
      lanes: this.#list('lanes'),
      services: this.#list('services'),
      counters: this.#list('counters'),
      printers: this.#list('printers'),
      accounts: this.#list('accounts'),
    }
    this.#alike('lanes', 'letter', lists.lanes)
    this.#alike('counters', 'number', lists.counters)
    this.#sameKiosks(lists.printers)
    this.#references()
    this.#zones()
    this.#pictures()
    if (this.errors.length > 0 || !head) return
    this.#doubtfulCredits(head)
    this.#doubtfulReader(head)
    this.#doubtfulLists(lists)
    const items = Object.fromEntries(
      Object.entries(lists).map(([name, found]) => [name, found.map(({ item }) => item)]),
    )
    const hall = meaningOf(head, items as Lists)
    this.hall = {
      ...hall,
      site: { ...hall.site, notices: hall.site.notices.map((each) => this.#pictured(each)) },
    }
  }

  #head(): Head | null {
    const parsed = headSchema.safeParse(this.#content, { error: inWords })
    if (!parsed.success) this.#issues([], parsed.error.issues)
    return parsed.success ? parsed.data : null
  }

  /** The items of a list that are right in themselves. One that is wrong is said, and the rest are looked at. */
  #list<L extends ListName>(name: L): Found<L> {
    const { item, key, needed } = LISTS[name]
    const said = this.#content[name]
    if (said === undefined && !needed) return []
    if (!Array.isArray(said)) this.#wrong([name], said === undefined ? 'is missing' : 'must be a list')
    else if (needed && said.length === 0) this.#wrong([name], 'must not be empty')
    if (!Array.isArray(said)) return []
    this.#twice(name, key, said)
    return said.flatMap((each, at) => {
      const parsed = item.safeParse(each, { error: inWords })
      if (parsed.success) return [{ at, item: parsed.data as Item<L> }]
      this.#issues([name, at], parsed.error.issues)
      return []
    })
  }

  #twice(list: ListName, key: string, said: unknown[]): void {
    const seen = new Set<unknown>()
    for (const [at, each] of said.entries()) {
      const value = (each as Record<string, unknown> | null)?.[key]
      if (value !== undefined && seen.has(value)) this.#wrong([list, at, key], `${value} is there already`)
      seen.add(value)
    }
  }

  #alike<L extends 'lanes' | 'counters'>(list: L, key: keyof Item<L> & string, found: Found<L>): void {
    const seen = new Map<unknown, string>()
    for (const { at, item } of found) {
      const other = seen.get(item[key])
      if (other !== undefined) this.#wrong([list, at, key], `${item[key]} is taken by ${other}`)
      else seen.set(item[key], item.id)
    }
  }

  /** A kiosk has one printer, and one printer at most serves the kiosks that no other names. [PRINT12] */
  #sameKiosks(printers: Found<'printers'>): void {
    const taken = new Map<string, string>()
    for (const { at, item } of printers) {
      const kiosks = item.kiosks.length > 0 ? item.kiosks : ['all other kiosks']
      for (const [i, kiosk] of kiosks.entries()) {
        const other = taken.get(kiosk)
        const path = item.kiosks.length > 0 ? ['printers', at, 'kiosks', i] : ['printers', at]
        if (other !== undefined) this.#wrong(path, `${kiosk}: printed by ${other} already`)
        taken.set(kiosk, item.id)
      }
    }
  }

  /** Looks at what is written, also in items that are wrong otherwise. */
  #references(): void {
    for (const [at, { lane, materials }] of this.#written('services')) {
      if (typeof lane === 'string') this.#refers(['services', at, 'lane'], lane, 'lanes')
      this.#onceEach(['services', at, 'materials'], materials)
    }
    for (const [at, counter] of this.#written('counters')) {
      const { primary, secondary } = counter
      const own = texts(primary)
      const others = Object.keys(typeof secondary === 'object' ? (secondary ?? {}) : {})
      this.#each(['counters', at, 'primary'], own, 'lanes')
      for (const lane of others) {
        const path = ['counters', at, 'secondary', lane]
        if (own.includes(lane)) this.#wrong(path, `${lane} is already a primary lane of this counter`)
        else this.#refers(path, lane, 'lanes')
      }
      if ((primary === undefined || Array.isArray(primary)) && own.length + others.length === 0)
        this.#wrong(['counters', at], 'serves no lane')
    }
    for (const [at, { counter, skills, role }] of this.#written('accounts')) {
      if (counter !== undefined && typeof role === 'string' && STANDING.includes(role))
        this.#wrong(['accounts', at, 'counter'], `a ${role} sits at no counter`)
      else if (typeof counter === 'string') this.#refers(['accounts', at, 'counter'], counter, 'counters')
      this.#each(['accounts', at, 'skills'], texts(skills), 'skills')
    }
  }

  /** A zone names lanes and counters there are, and some of either. */
  #zones(): void {
    const display = this.#content.display as { zones?: unknown } | undefined
    const zones = Array.isArray(display?.zones) ? [...display.zones.entries()] : []
    const seen = new Set<unknown>()
    for (const [at, zone] of zones) {
      if (typeof zone !== 'object' || zone === null) continue
      const path = ['display', 'zones', at]
      const [lanes, counters] = [texts(zone.lanes), texts(zone.counters)]
      this.#each([...path, 'lanes'], lanes, 'lanes')
      this.#each([...path, 'counters'], counters, 'counters')
      if (lanes.length + counters.length === 0) this.#wrong(path, 'names no lane and no counter')
      if (seen.has(zone.id)) this.#wrong([...path, 'id'], `${zone.id} is there already`)
      seen.add(zone.id)
    }
  }

  /** The pictures of notices are what they should be. One that is kept already is looked for when the file is applied. */
  #pictures(): void {
    const notices = Array.isArray(this.#content.notices) ? [...this.#content.notices.entries()] : []
    const names = new Set<string>()
    for (const [at, notice] of notices) {
      const name = (notice as { picture?: unknown } | null)?.picture
      if (typeof name !== 'string' || KEPT.test(name)) continue
      const path = ['notices', at, 'picture']
      if (names.add(name).size > MOST_PICTURES) {
        this.#wrong(path, `is one too many: notices have at most ${MOST_PICTURES} pictures`)
        continue
      }
      const checked = checkPicture(this.#beside[name])
      if (typeof checked === 'string') this.#wrong(path, `${name} ${checked}`)
      else this.pictures.set(name, checked)
    }
  }

  #pictured({ picture: name, ...notice }: Notice): Notice {
    const picture = name === undefined ? undefined : (KEPT.exec(name)?.[1] ?? this.pictures.get(name)?.id)
    return picture === undefined ? notice : { ...notice, picture }
  }

  #written(list: ListName): [number, Record<string, unknown>][] {
    const said = this.#content[list]
    const items = Array.isArray(said) ? [...said.entries()] : []
    return items.filter(([, item]) => typeof item === 'object' && item !== null)
  }

  /** Each of a list of ids is known, and there once. */
  #each(path: Path, ids: string[], list: ListName): void {
    for (const [i, id] of ids.entries()) {
      this.#refers([...path, i], id, list)
      if (ids.indexOf(id) !== i) this.#wrong([...path, i], `${id} is there already`)
    }
  }

  /** A material is known by its Chinese name, so no service has two of one name. */
  #onceEach(path: Path, said: unknown): void {
    const names = (Array.isArray(said) ? said : []).map((each) => each?.['zh-CN'] ?? each)
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) !== i) this.#wrong([...path, i], `${name} is there already`)
    }
  }

  #refers(path: Path, wanted: string, list: ListName): void {
    const ids = this.#written(list).map(([, { id }]) => String(id))
    if (!ids.includes(wanted))
      this.#wrong(path, `there is no ${list.slice(0, -1)} ${wanted}${meant(wanted, ids)}`)
  }

  #doubtfulCredits({ credits, rules }: Head): void {
    const cap = rules['hard-cap']
    const always = `is no shorter than the hard cap of ${writeDuration(cap)}: always first, and the ordinary wait is no longer protected`
    if (credits.care >= cap) this.#doubt(['credits', 'care'], always)
    for (const need of CARE_NEEDS) {
      const own = credits.needs[need]
      if (own === undefined || own === credits.care) continue
      const path = ['credits', 'needs', need]
      this.#doubt(path, 'differs from the head start of care: staff can tell this need by its head start')
      if (own >= cap) this.#doubt(path, always)
    }
    if (credits.cards.length > 0 && !credits.by.includes('card')) {
      this.#doubt(['credits', 'cards'], 'no card is looked at, because credits.by does not name card')
    }
    if (credits.cards.length === 0 && credits.by.includes('card')) {
      this.#doubt(['credits', 'by'], 'names card, but there are no cards')
    }
  }

  #doubtfulReader({ identity }: Head): void {
    const url = identity?.service && new URL(identity.service.url)
    if (!url || url.protocol === 'https:' || isOwnMachine(url)) return
    this.#doubt(
      ['identity', 'service', 'url'],
      'is on another machine, without HTTPS: a kiosk whose own page comes over HTTPS may not ask it',
    )
  }

  #doubtfulLists({ skills, lanes, services, counters, accounts }: { [L in ListName]: Found<L> }): void {
    for (const { at, item } of skills) {
      if (!accounts.some((account) => account.item.skills.includes(item.id))) {
        this.#doubt(['skills', at], `nobody has the skill ${item.id}`)
      }
    }
    for (const [at, item] of skills.map(({ item }) => item).entries()) {
      if (item.for !== undefined && skills.findIndex((other) => other.item.for === item.for) !== at) {
        this.#doubt(['skills', at, 'for'], `another skill is for ${item.for} too: the first is taken`)
      }
    }
    for (const { at, item } of lanes) {
      if (!counters.some((counter) => counter.item.primary.includes(item.id))) {
        this.#doubt(['lanes', at], `${item.id} is a primary lane of no counter`)
      }
      if (!services.some((service) => service.item.lane === item.id)) {
        this.#doubt(['lanes', at], `${item.id} is the lane of no service`)
      }
    }
    for (const { at, item } of services) {
      if (item.materials.length === 0) this.#doubt(['services', at], `${item.id} names no materials to bring`)
    }
    if (!accounts.some(({ item }) => item.role === 'supervisor')) {
      this.#doubt(['accounts'], 'there is no supervisor: nobody can enrol screens or confirm the time')
    }
  }

  #issues(base: Path, issues: readonly z.core.$ZodIssue[]): void {
    for (const issue of issues) {
      const path = [...base, ...(issue.path as (string | number)[])]
      if (issue.code === 'unrecognized_keys') {
        const known = knownKeys(base, issue.path as Path)
        for (const key of issue.keys) this.#unknownKey(path, key, known)
      } else if (issue.code === 'invalid_key') {
        this.#wrong(path, `is no key that is known here`)
      } else this.#wrong(path, issue.message)
    }
  }

  #unknownKey(path: Path, key: string, known: readonly string[]): void {
    this.errors.push(this.#file.problemAt(path, `is no key that is known here${meant(key, known)}`, key))
  }

  #wrong(path: Path, message: string): void {
    this.errors.push(this.#file.problemAt(path, message))
  }

  #doubt(path: Path, message: string): void {
    this.warnings.push(this.#file.problemAt(path, message))
  }
}

/** The keys a mapping of the file may have; none are known of deeper ones. */
function knownKeys(base: Path, path: Path): readonly string[] {
  const [list] = base
  if (list !== undefined && path.length === 0) return Object.keys(LISTS[list as ListName].item.shape)
  const section = base.length === 0 && path.length === 1 ? path[0] : undefined
  if (section === 'credits' || section === 'rules' || section === 'display' || section === 'identity') {
    return Object.keys(headSchema.shape[section].unwrap().shape)
  }
  return []
}

function texts(said: unknown): string[] {
  return Array.isArray(said) ? said.filter((each) => typeof each === 'string') : []
}

/** The library's issues in our words; those the schemas have words for never come here. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'string' ? 'must be a text' : `must be ${A[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.join(' or ')}`
    default:
      return undefined
  }
}

const A: Record<string, string> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  number: 'a number',
}

/** `; did you mean …?` when a known word is close enough. */
function meant(word: string, known: readonly string[]): string {
  const near = known
    .map((each) => ({ each, apart: distance(word, each) }))
    .filter(({ each, apart }) => apart <= Math.ceil(each.length / 3))
    .sort((a, b) => a.apart - b.apart)[0]
  return near ? `; did you mean ${near.each}?` : ''
}

/** Letters to change, add or leave out (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
