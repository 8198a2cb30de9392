import { z } from 'zod'
import { EXCEPTIONS } from '#domain/change.ts'
import { HOLD_KINDS } from '#domain/leg.ts'
import type { DayReport } from '#domain/report.ts'

/** A day of the calendar that exists. */
export const reportQuery = z.object({ day: z.iso.date().exactOptional() })

const text = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
const count = z.number().int()
const ms = z.number().int().describe('ms')
const spread = { count, median: ms.nullable(), p90: ms.nullable(), longest: ms.nullable() }
const waits = z.strictObject({ ...spread, overCap: count })
const classWaits = z.strictObject({ count, median: ms.nullable(), p90: ms.nullable(), overCap: count })
const lateFact = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.literal('unserved'), ms }),
  z.strictObject({ fact: z.literal('missed'), ms, calls: count }),
  z.strictObject({ fact: z.literal('held'), ms }),
  z.strictObject({ fact: z.literal('overtaken'), count }),
  z.strictObject({ fact: z.literal('demand'), arrivals: count, counterTime: ms }),
])

const levels = z
  .strictObject({ 1: count, 2: count, 3: count, 4: count, 5: count })
  .nullable()
  .describe('null: too few to be shown apart')
const ratings = { done: count, rated: count, levels }

export const dayReport = z.strictObject({
  siteId: z.string(),
  day: z.string(),
  at: ms,
  hardCap: ms,
  issued: count,
  served: count,
  cancelled: count,
  sentHome: count,
  notBack: count,
  inside: count,
  missedCalls: count,
  rejoined: count,
  waits,
  classes: z.strictObject({
    care: count.nullable().describe('null: not told'),
    waits: z.strictObject({ ordinary: classWaits, care: classWaits }).nullable(),
  }),
  left: waits,
  serving: z.strictObject(spread),
  services: z.array(
    z.strictObject({
      serviceId: z.string(),
      name: text,
      served: count,
      waits,
      target: z.strictObject({ wait: ms, within: count, of: count }).nullable(),
      serving: z.strictObject(spread),
    }),
  ),
  exceptions: z.array(
    z.strictObject({
      at: ms,
      kind: z.enum(EXCEPTIONS),
      number: z.string(),
      counter: z.string().nullable(),
      reason: z.string().nullable(),
      undone: z.boolean(),
    }),
  ),
  paper: z.strictObject({ calls: count, waits, serving: z.strictObject(spread) }),
  holds: z.strictObject({
    count,
    total: ms,
    longest: ms.nullable(),
    old: count,
    kinds: z.strictObject(Object.fromEntries(HOLD_KINDS.map((kind) => [kind, count])) as Kinds),
  }),
  ratings: z.strictObject({
    ...ratings,
    services: z.array(z.strictObject({ ...ratings, serviceId: z.string(), name: text })),
    low: count,
    lowUnread: count,
  }),
  suggestions: z.strictObject({ count, read: count }),
  help: z.strictObject({
    asked: count,
    answered: z.strictObject(spread),
    escalated: count,
    takenBack: count,
  }),
  late: z.array(
    z.strictObject({
      number: z.string(),
      serviceId: z.string(),
      wait: ms,
      ended: z.enum(['called', 'left', 'waiting']),
      why: z.array(lateFact),
    }),
  ),
}) satisfies z.ZodType<DayReport>
type Kinds = Record<(typeof HOLD_KINDS)[number], typeof count>
