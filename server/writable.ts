/** Neither PostgreSQL's text nor its JSON keeps a NUL or half of a surrogate pair. */
const UNWRITABLE = /\0|[\ud800-\udfff]/u

/** Whether a database can keep every string in a value that was JSON. [BAD2] */
export function isWritable(value: unknown): boolean {
  if (typeof value === 'string') return !UNWRITABLE.test(value)
  if (value === null || typeof value !== 'object') return true
  return Object.entries(value).every(([key, inner]) => isWritable(key) && isWritable(inner))
}
