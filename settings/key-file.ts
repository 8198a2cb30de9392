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
  return parse(text, file)
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
  if (!(current in keys)) throw new Error(`KEY_FILE ${file}: no key has the id of "current", ${current}`)
  return {
    current,
    keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')])),
    codes: Buffer.from(codes, 'base64'),
  }
}
