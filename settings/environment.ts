import { readFileSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { parseAllowedHosts } from './reach.ts'

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1')
const whole = (max: number) => {
  const message = `must be a whole number from 0 to ${max}`
  return z.coerce.number(message).int(message).min(0, message).max(max, message)
}
const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const hosts = z.string().transform((text, context) => {
  const allowed = parseAllowedHosts(text)
  if (!allowed) context.addIssue('must be hosts or host:port, with commas between')
  return allowed ?? []
})

const schema = z.object({
  PORT: whole(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  PROGRAM_DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  PUBLIC_URL: url('http:', 'https:').optional(),
  TLS_CERT: z.string().min(1).optional(),
  TLS_KEY: z.string().min(1).optional(),
  TRUST_PROXY: whole(10).default(0),
  KEY_FILE: z.string().min(1).default('keys/nuanhao.key'),
  BACKUP_KEY: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DEMO: flag.optional(),
  DEMO_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  RATE_LIMITS: flag.default(true),
  WEBHOOK_ALLOW: hosts.default([]),
  PRINTER_ALLOW: hosts.default([]),
  AUDIT_HEADS: z.string().min(1).optional(),
  AUDIT_MONTHS: z.coerce
    .number('must be a whole number from 6 to 120')
    .int('must be a whole number from 6 to 120')
    .min(6, 'must be at least 6: so long it has to be kept')
    .max(120, 'must be at most 120')
    .default(6),
  VOICE_DIR: z.string().min(1).optional(),
})

/** Variables that only make sense together. */
const TOGETHER = [
  ['DATABASE_URL', 'REDIS_URL', 'services mode'],
  ['TLS_CERT', 'TLS_KEY', 'HTTPS'],
] as const

/** What the operator set, checked. */
export type Environment = z.infer<typeof schema> & { mode: 'embedded' | 'services' }

/** Every variable the program reads. */
export const VARIABLES: readonly string[] = Object.keys(schema.shape)

/** Thrown when a variable is wrong; the message names each one and what it should be. */
export class EnvironmentError extends Error {
  constructor(problems: string[]) {
    super(`The environment is not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'EnvironmentError'
  }
}

/**
 * Checks the environment. Variables of the process win over those of a `.env` file; an empty value counts as unset.
 *
 * @throws EnvironmentError
 */
export function readEnvironment(
  variables: Record<string, string | undefined>,
  dotEnvFile: string | null = '.env',
): Environment {
  const given = Object.entries({ ...readDotEnv(dotEnvFile), ...variables })
  const known = given.filter(
    ([name, value]) => VARIABLES.includes(name) && value !== undefined && value !== '',
  )
  const set = Object.fromEntries(known)
  const parsed = schema.safeParse(set)
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  for (const [a, b, what] of TOGETHER) {
    if (a in set !== b in set) problems.push(`${a in set ? b : a}: ${what} needs ${a} and ${b} together`)
  }
  if (parsed.success && isInside(parsed.data.KEY_FILE, parsed.data.DATA_DIR)) {
    problems.push('KEY_FILE: must lie outside DATA_DIR, so that a copy of the data is useless without it')
  }
  if (parsed.data?.BACKUP_KEY && resolve(parsed.data.BACKUP_KEY) === resolve(parsed.data.KEY_FILE)) {
    problems.push('BACKUP_KEY: must be another file than KEY_FILE; "npm run backup -- key FILE" makes one')
  }
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems)
  return { ...parsed.data, mode: parsed.data.DATABASE_URL === undefined ? 'embedded' : 'services' }
}

function readDotEnv(file: string | null): Record<string, string | undefined> {
  if (file === null) return {}
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new EnvironmentError([`${file} cannot be read: ${(error as Error).message}`])
  }
}

function isInside(file: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(file))
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** Whether a host name or address is this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host)
}
