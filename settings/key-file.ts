import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  /** Id of the key that seals new records. */
  current: z.string().min(1),
  /** Keys by id: 32 bytes, base64. Old ones stay to open what they sealed. */
  keys: z.record(
    z.string(),
    z.string().refine((key) => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64'),
  ),
  /** Makes the codes of ticket links: 32 bytes, base64. */
  codes: z.string().refine((key) => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64'),
})

/** The secrets of a hall. They live in `KEY_FILE`, never in the database, a log or a backup. */
export interface Keys {
  current: string
  keys: Record<string, Buffer>
  codes: Buffer
  /** Reads the file again: it may have got a new key since. What is wrong in it changes nothing. */
  reread?: () => void
}

/**
 * Reads the key file. With `create`, a missing file is made, readable by its owner only.
 *
 * @throws Error that says what to do
 */
export function readKeyFile(file: string, create: boolean): Keys {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Error(`KEY_FILE ${file} cannot be read: ${(error as Error).message}`)
    if (!create)
      throw new Error(
        `KEY_FILE ${file} does not exist. Every server and worker of a hall needs the same one: make it with ` +
          `"npm run key -- ${file}" and keep a copy in a safe place.`,
      )
    text = newKeyFile()
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  }
  const keys: Keys = parse(text, file)
  keys.reread = () => {
    try {
      const { current, keys: fresh } = parse(readFileSync(file, 'utf8'), file)
      // Its codes are never others: links and marks stand on them.
      Object.assign(keys, { current, keys: fresh })
    } catch {
      // Being written, or gone: what was read stands.
    }
  }
  return keys
}

/** The text of a key file with one key more, which seals from now on; the old ones stay to open what they sealed. [SEAL3] */
export function rotated(text: string, file: string): { text: string; current: string } {
  const { keys } = parse(text, file)
  const last = Math.max(0, ...Object.keys(keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0)))
  const current = `k${last + 1}`
  const before = JSON.parse(text)
  const all = { ...before.keys, [current]: randomBytes(32).toString('base64') }
  return { current, text: `${JSON.stringify({ ...before, current, keys: all }, null, 2)}\n` }
}

/** The text of a key file without one of its old keys. Throws Error when it is the one that seals, or not there. */
export function forgotten(text: string, file: string, id: string): string {
  const { current, keys } = parse(text, file)
  if (!Object.hasOwn(keys, id)) throw new Error(`KEY_FILE ${file} has no key ${id}`)
  if (id === current) throw new Error(`${id} seals what is new: "npm run key -- rotate ${file}" first`)
  const { [id]: _, ...others } = JSON.parse(text).keys
  return `${JSON.stringify({ ...JSON.parse(text), keys: others }, null, 2)}\n`
}

/** The text of a fresh key file. */
export function newKeyFile(): string {
  const key = () => randomBytes(32).toString('base64')
  return `${JSON.stringify({ current: 'k1', keys: { k1: key() }, codes: key() }, null, 2)}\n`
}

function parse(text: string, file: string): Keys {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`KEY_FILE ${file} is not JSON`)
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Error(`KEY_FILE ${file}: ${z.prettifyError(parsed.error)}`)
  const { current, keys, codes } = parsed.data
  if (Object.hasOwn(keys, 'own')) throw new Error(`KEY_FILE ${file}: no key may have the id "own"`)
  if (!Object.hasOwn(keys, current))
    throw new Error(`KEY_FILE ${file}: no key has the id of "current", ${current}`)
  return {
    current,
    keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')])),
    codes: Buffer.from(codes, 'base64'),
  }
}
