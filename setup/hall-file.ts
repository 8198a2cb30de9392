import { z } from 'zod'
import type { Opening } from '#domain/calendar.ts'
import { ACCOMMODATIONS, CARE_NEEDS, CARE_SOURCES, type CardRule } from '#domain/care.ts'
import { DISPLAY_DEFAULTS, type DisplaySettings } from '#domain/display.ts'
import { type IdentitySettings, type Localised, SITE_DEFAULTS, type Site } from '#domain/site.ts'
import type { AccountSetting } from '#store/accounts.ts'
import { patternProblems } from './card-pattern.ts'
import { readDuration } from './duration.ts'
import { HoursError, isDay, readOpenings, readWeekdays, WEEKDAYS } from './hours.ts'
import { readPrinterAddress } from './printer-address.ts'
import { readerProblem } from './reader-address.ts'

/** All that a hall's file says. */
export interface HallSettings {
  site: Omit<Site, 'revision'>
  accounts: AccountSetting[]
}

const DAY = 24 * 3_600_000

/** What a thing must be; of one that is not there, that it is missing. */
const must = (be: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : `must be ${be}`),
})

const id = z
  .string(must('a text such as passport'))
  .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 small letters, digits and hyphens')

/** A text in one line. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} signs`)
    .regex(/^\P{Cc}*$/u, 'must not have line breaks or control characters')

/** A text in both languages, or one text for both. */
const text = (max: number) =>
  z.preprocess(
    (said) => (typeof said === 'string' ? { 'zh-CN': said, en: said } : said),
    z.strictObject({ 'zh-CN': line(max), en: line(max) }, must('a text, or one in zh-CN and one in en')),
  )

const duration = (min: number, max: number, limits: string) =>
  z.preprocess(
    (said) => (said === undefined ? undefined : (readDuration(said) ?? Number.NaN)),
    z.number(must('a duration such as 30 min, 24 h or 20 s')).min(min, limits).max(max, limits),
  )
const upToADay = duration(0, DAY, 'must be 0 min to 24 h')
const someTime = duration(1_000, DAY, 'must be 1 s to 24 h')
/** A duration, or a word for there being none. */
const unless = (word: string, time: z.ZodType<number>) =>
  z.union([z.literal(word).transform(() => null), time], {
    error: `must be a duration such as 20 s, or ${word}`,
  })

const whole = (min: number, max: number) => {
  const be = `a whole number from ${min} to ${max}`
  const said = `must be ${be}`
  return z.number(must(be)).int(said).min(min, said).max(max, said)
}

/** What to bring: a text, and where to get it. */
const material = z.preprocess(
  (said) => (typeof said === 'string' ? { 'zh-CN': said, en: said } : said),
  z.strictObject(
    { 'zh-CN': line(200), en: line(200), where: text(200).exactOptional() },
    must('a text, or one in zh-CN and one in en, and perhaps where to get it'),
  ),
)

const laneItem = z.strictObject({
  id,
  letter: z.string(must('a capital letter')).regex(/^[A-Z]$/, 'must be one capital letter, A to Z'),
  name: text(60),
})

const serviceItem = z.strictObject({
  id,
  lane: id,
  name: text(60),
  department: text(60),
  says: z.array(text(30), 'must be a list').max(12, 'must have at most 12').default([]),
  materials: z.array(material, 'must be a list').max(30, 'must have at most 30').default([]),
  takes: duration(30_000, 8 * 3_600_000, 'must be 30 s to 8 h'),
  'target-wait': someTime.optional(),
  'promised-days': whole(0, 365).optional(),
  guide: text(2_000).optional(),
  quota: whole(1, 100_000).optional(),
})

const counterItem = z.strictObject({
  id,
  number: z.preprocess((said) => (typeof said === 'number' ? String(said) : said), line(8)),
  name: text(60).optional(),
  primary: z.array(id, 'must be a list of lanes').default([]),
  /** By lane: how long its first waits before this counter counts it like its own. */
  secondary: z
    .record(z.string(), unless('never', upToADay), 'must name lanes and durations such as household: 15 min')
    .default({}),
})

const skillItem = z.strictObject({ id, name: text(60), for: z.enum(ACCOMMODATIONS).optional() })

const printerItem = z.strictObject({
  id,
  address: z.preprocess(
    (said) => (said === undefined ? undefined : readPrinterAddress(said)),
    z.union([z.literal('browser'), z.strictObject({ host: z.string(), port: z.number() })], {
      error: ({ input }) =>
        input === undefined ? 'is missing' : 'must be an address such as 192.168.1.50, host:9100, or browser',
    }),
  ),
  paper: z.union([z.literal(58), z.literal(80)], must('58 or 80')),
  characters: z.enum(['gb18030', 'raster']).default('gb18030'),
  kiosks: z
    .array(
      z
        .string(must('a kiosk such as K1'))
        .regex(/^K[1-9]\d{0,3}$/, 'must be the name of a kiosk, such as K1'),
      'must be a list of kiosks',
    )
    .default([]),
})

const accountItem = z.strictObject({
  username: z
    .string()
    .regex(/^[\p{L}\p{N}._@-]{1,64}$/u, 'must be 1 to 64 letters, digits and the signs . _ @ -'),
  name: text(60),
  role: z.enum(['staff', 'volunteer', 'supervisor', 'director', 'auditor', 'administrator']),
  counter: id.optional(),
  skills: z.array(id, 'must be a list of skills').default([]),
})

const card = z.union(
  [
    z.strictObject({ need: z.enum(CARE_NEEDS), kind: z.literal('disability-certificate') }),
    z.strictObject({ need: z.enum(CARE_NEEDS), pattern: z.string().superRefine(checkPattern) }),
  ],
  {
    error: (issue) =>
      ownWords((issue as { errors?: unknown[][] }).errors?.flat()) ??
      'must have a need, and kind: disability-certificate or a pattern',
  },
)

/** A text for everybody, perhaps with the name of a picture beside the file. */
const notice = z.preprocess(
  (said) => (typeof said === 'string' ? { 'zh-CN': said, en: said } : said),
  z.strictObject(
    { 'zh-CN': line(500), en: line(500), picture: line(90).exactOptional() },
    must('a text, or one in zh-CN and one in en'),
  ),
)

const list = (what: string) => z.array(id, must(`a list of ${what}`)).default([])

/** How displays look and sound. */
const display = z
  .strictObject({
    one: z.enum(['yao', 'yi']).default(DISPLAY_DEFAULTS.one),
    voice: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be the name of a folder within VOICE_DIR')
      .optional(),
    'reading-distance': z
      .number(must('metres such as 6 or 7.5'))
      .min(1, 'must be 1 to 40 metres')
      .max(40, 'must be 1 to 40 metres')
      .optional(),
    screen: z
      .number(must('inches such as 43 or 55'))
      .min(10, 'must be 10 to 200 inches')
      .max(200, 'must be 10 to 200 inches')
      .default(DISPLAY_DEFAULTS.screen),
    zones: z
      .array(
        z.strictObject({ id, name: text(40), lanes: list('lanes'), counters: list('counters') }),
        must('a list'),
      )
      .max(20, 'must have at most 20')
      .default([]),
  })
  .prefault({})

const jsonPath = z
  .string(must('a path such as info.idCode'))
  .regex(/^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+){0,9}$/u, 'must be a path such as info.idCode')

/** A program beside the kiosk that reads cards, as its browser asks it. */
const readerService = z
  .strictObject(
    {
      url: z.string(must('an address such as http://127.0.0.1:8000/readCard')).superRefine((url, context) => {
        const problem = readerProblem(url)
        if (problem !== null) context.addIssue(problem)
      }),
      method: z.enum(['GET', 'POST']).default('GET'),
      body: z
        .union([z.string().max(1_000), z.record(z.string(), z.json())], {
          error: 'must be a text or a mapping',
        })
        .optional(),
      paths: z.strictObject(
        { number: jsonPath, name: jsonPath.optional() },
        must('a mapping such as number: info.idCode'),
      ),
    },
    must('a mapping of url, method, body and paths'),
  )
  .refine(({ method, body }) => method === 'POST' || body === undefined, {
    error: 'is sent with method: POST only',
    path: ['body'],
  })

/** How residents may show who they are. */
const identity = z
  .strictObject(
    { keyboard: z.boolean('must be true or false').default(false), service: readerService.optional() },
    must('a mapping of keyboard and service'),
  )
  .refine(({ keyboard, service }) => keyboard || service !== undefined, {
    error: 'names no reader: keyboard: true, or a service',
  })

const head = {
  site: id,
  practice: z.boolean('must be true or false').default(SITE_DEFAULTS.practice),
  name: text(60),
  'time-zone': z.string().refine(isZone, 'is no time zone such as Asia/Shanghai'),
  hours: z.record(z.string(), z.unknown(), must('a mapping of weekdays')).transform(week),
  days: z.record(z.string(), z.unknown(), 'must name days such as 2026-10-01').transform(days).default({}),
  credits: z
    .strictObject({
      care: upToADay.default(SITE_DEFAULTS.careCredit),
      needs: z
        .partialRecord(z.enum(CARE_NEEDS), upToADay, 'must name needs and durations such as pregnant: 30 min')
        .default({}),
      by: z.array(z.enum(CARE_SOURCES), 'must be a list').default([...SITE_DEFAULTS.careBy]),
      cards: z.array(card, 'must be a list').max(20, 'must have at most 20').default([]),
    })
    .prefault({}),
  identity: identity.optional(),
  rules: z
    .strictObject({
      'hard-cap': someTime.default(SITE_DEFAULTS.hardCap),
      'max-calls': whole(1, 20).default(SITE_DEFAULTS.maxCalls),
      'answer-within': someTime.default(SITE_DEFAULTS.callTimeout),
      'rejoin-within': upToADay.default(SITE_DEFAULTS.rejoinWithin),
      'hold-within': someTime.default(SITE_DEFAULTS.holdWithin),
      'offer-for': unless('off', someTime).default(SITE_DEFAULTS.offerFor),
    })
    .prefault({}),
  notices: z.array(notice, 'must be a list').max(20, 'must have at most 20').default([]),
  display,
}

/** What the file says of the hall as a whole. */
export const headSchema = z.object(head)
export type Head = z.output<typeof headSchema>

/** The lists of a file, each with the shape of its items and the key that tells them apart. */
export const LISTS = {
  skills: { item: skillItem, key: 'id', needed: false },
  lanes: { item: laneItem, key: 'id', needed: true },
  services: { item: serviceItem, key: 'id', needed: true },
  counters: { item: counterItem, key: 'id', needed: true },
  printers: { item: printerItem, key: 'id', needed: false },
  accounts: { item: accountItem, key: 'username', needed: false },
} as const
export type ListName = keyof typeof LISTS
export type Item<L extends ListName> = z.output<(typeof LISTS)[L]['item']>
export type Lists = { [L in ListName]: Item<L>[] }

/** Every key that may stand at the top of a file, in the order in which it is written. */
export const TOP_KEYS: readonly string[] = [...Object.keys(head), ...Object.keys(LISTS)]

/** What a right file means. */
export function meaningOf(
  said: Head,
  { skills, lanes, services, counters, printers, accounts }: Lists,
): HallSettings {
  const { credits, rules } = said
  return {
    site: {
      id: said.site,
      practice: said.practice,
      name: said.name,
      timeZone: said['time-zone'],
      hours: said.hours,
      days: said.days,
      careCredit: credits.care,
      careCredits: credits.needs,
      careBy: credits.by,
      cards: credits.cards as CardRule[],
      identity: identityOf(said.identity),
      hardCap: rules['hard-cap'],
      maxCalls: rules['max-calls'],
      callTimeout: rules['answer-within'],
      rejoinWithin: rules['rejoin-within'],
      holdWithin: rules['hold-within'],
      offerFor: rules['offer-for'],
      services: services.map((service) => ({
        id: service.id,
        laneId: service.lane,
        name: service.name,
        department: service.department,
        says: service.says,
        materials: service.materials,
        minutes: service.takes / 60_000,
        targetWait: service['target-wait'] ?? null,
        promisedDays: service['promised-days'] ?? null,
        guide: service.guide ?? null,
        quota: service.quota ?? null,
      })),
      lanes: lanes.map(({ id: laneId, name, letter }) => ({ id: laneId, name, letter })),
      counters: counters.map(({ id: counterId, number, name, primary, secondary }) => ({
        id: counterId,
        number,
        name: name ?? counterName(number),
        lanes: [
          ...primary.map((laneId) => ({ laneId, rank: 'primary' as const, threshold: null })),
          ...Object.entries(secondary).map(([laneId, threshold]) => ({
            laneId,
            rank: 'secondary' as const,
            threshold,
          })),
        ],
      })),
      skills: skills.map(({ id: skillId, name, for: accommodation }) => ({
        id: skillId,
        name,
        ...(accommodation && { accommodation }),
      })),
      notices: said.notices,
      printers,
      display: displayOf(said.display),
    },
    accounts: accounts.map(({ counter, ...account }) => ({ ...account, counterId: counter ?? null })),
  }
}

function displayOf({
  one,
  voice,
  'reading-distance': metres,
  screen,
  zones,
}: Head['display']): DisplaySettings {
  return { one, voice: voice ?? null, readingDistance: metres ?? null, screen, zones }
}

function identityOf(said: Head['identity']): IdentitySettings | null {
  if (!said) return null
  const { keyboard, service } = said
  if (!service) return { keyboard, service: null }
  const { url, method, body, paths } = service
  const text = (): string => (typeof body === 'string' ? body : JSON.stringify(body))
  return {
    keyboard,
    service: {
      url,
      method,
      body: body === undefined ? null : { text: text(), json: typeof body !== 'string' },
      paths: { number: paths.number, name: paths.name ?? null },
    },
  }
}

/** What a counter is called that the file gives no name. */
export function counterName(number: string): Localised {
  return { 'zh-CN': `${number} 号窗口`, en: `Counter ${number}` }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

type Context = { addIssue(issue: { code: 'custom'; message: string; path: string[] }): void }

/** Says each problem of hours at the line it stands in. */
function told<T>(context: Context, key: string, read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof HoursError)) throw error
    context.addIssue({ code: 'custom', message: error.message, path: [key] })
    return null
  }
}

function week(said: Record<string, unknown>, context: Context): Opening[][] {
  const hours: (Opening[] | undefined)[] = []
  for (const [key, written] of Object.entries(said)) {
    const openings = told(context, key, () => readOpenings(written)) ?? []
    for (const day of told(context, key, () => readWeekdays(key)) ?? []) {
      told(context, key, () => {
        if (hours[day]) throw new HoursError(`${WEEKDAYS[day]} is said twice`)
      })
      hours[day] = openings
    }
  }
  return WEEKDAYS.map((_, day) => hours[day] ?? [])
}

function days(said: Record<string, unknown>, context: Context): Record<string, Opening[]> {
  return Object.fromEntries(
    Object.entries(said).map(([day, written]) => {
      const openings = told(context, day, () => {
        if (!isDay(day)) throw new HoursError(`${day} is no day such as 2026-10-01`)
        return readOpenings(written)
      })
      return [day, openings ?? []]
    }),
  )
}

function checkPattern(pattern: string, context: { addIssue(message: string): void }): void {
  for (const problem of patternProblems(pattern)) context.addIssue(problem)
}

/** Of the ways in which no branch of a union fits, words of our own if there are any. */
function ownWords(issues: readonly unknown[] | undefined): string | undefined {
  for (const issue of issues ?? []) {
    const { code, message, errors } = issue as { code?: string; message?: string; errors?: unknown[][] }
    if (code === 'custom') return message
    const deeper = ownWords(errors?.flat())
    if (deeper !== undefined) return deeper
  }
  return undefined
}
