import fc from 'fast-check'

/** What of JSON Schema the API's document uses. */
export interface Schema {
  type?: string | readonly string[]
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema
  minItems?: number
  maxItems?: number
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** Values of a schema. Where the hall has things of that name, mostly those: `known` gives them by the name of the field. */
export function valuesOf(
  schema: Schema,
  known: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<unknown> {
  const within = (inner: Schema) => valuesOf(inner, known)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const several = schema.anyOf ?? schema.oneOf
  if (several) return fc.oneof(...several.map((one) => within({ ...rest(schema), ...one })))
  if (schema.allOf) return within(Object.assign({}, rest(schema), ...schema.allOf))
  switch (schema.type) {
    case 'string':
      return strings(schema)
    case 'integer':
      return fc.integer({ min: bounded(schema.minimum, -1_000), max: bounded(schema.maximum, 1_000) })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(within(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4),
      })
    case 'object':
      return objects(schema, known)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function rest({ anyOf: _, oneOf: __, allOf: ___, ...own }: Schema): Schema {
  return own
}

function bounded(bound: number | undefined, otherwise: number): number {
  return bound !== undefined && Number.isSafeInteger(bound) && Math.abs(bound) < 2 ** 31 ? bound : otherwise
}

function strings({
  pattern,
  format,
  minLength = 0,
  maxLength = minLength + 12,
}: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (pattern !== undefined) return matching(pattern)
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 12) })
}

function objects(
  { properties = {}, required = [], additionalProperties, propertyNames = { type: 'string' } }: Schema,
  known: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, field]) => {
    const any = valuesOf(field, known)
    const ours = known[name]
    return [name, ours ? fc.oneof({ weight: 3, arbitrary: ours }, any) : any] as const
  })
  const own = fc.record(Object.fromEntries(fields), { requiredKeys: [...required] })
  if (typeof additionalProperties !== 'object') return own
  const more = fc.dictionary(
    valuesOf(propertyNames, known).map(String),
    valuesOf(additionalProperties, known),
    { maxKeys: 3 },
  )
  return fc.tuple(own, more).map(([a, b]) => ({ ...b, ...a }))
}

const made = new Map<string, fc.Arbitrary<string>>()

/** Classes of all of Unicode take seconds to list: of those any letters. */
function matching(pattern: string): fc.Arbitrary<string> {
  const one =
    made.get(pattern) ??
    (/\\p\{/i.test(pattern)
      ? fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      : fc.stringMatching(new RegExp(pattern, 'u')))
  made.set(pattern, one)
  return one
}
