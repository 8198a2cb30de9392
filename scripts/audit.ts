// `npm run audit -- COMMAND`: whether the audit is as it was written. Beside a running server or without one.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { EnvironmentError, readEnvironment } from '#settings/environment.ts'
import type { HallRequest } from '#setup/commands.ts'
import { readHeads } from '#setup/kept-heads.ts'
import { operate, Usage } from '#setup/operate.ts'

const USAGE = `Whether the audit is as it was written:

  npm run audit -- verify [FILE…]        reads every chain and names the first row that is not; compares with the heads in
                                         FILE (lines of AUDIT_HEADS, of "heads", or of the log; without FILE: AUDIT_HEADS)
  npm run audit -- heads                 the head of every chain as it stands, to be kept where nobody can change it

  The hall is the one that the environment (or .env) names, as for npm start. Ends with 0 when all is as it was written,
  1 when a row is not, 2 when heads are missing that were written down, and otherwise.`

try {
  const { code, output } = await operate(readArguments(process.argv.slice(2)))
  ;(code === 0 ? process.stdout : process.stderr).write(`${output}\n`)
  process.exitCode = code
} catch (error) {
  const known = error instanceof Usage || error instanceof EnvironmentError
  process.stderr.write(`${known ? error.message : ((error as Error).stack ?? error)}\n`)
  process.exitCode = 2
}

function readArguments(args: string[]): HallRequest {
  const [command, ...files] = parsed(args)
  if (command === 'heads' && files.length === 0) return { command: 'audit-heads' }
  if (command !== 'verify') throw new Usage(USAGE)
  return { command: 'audit-verify', heads: (files.length > 0 ? files : known()).flatMap(heads) }
}

function parsed(args: string[]): string[] {
  try {
    return parseArgs({ args, allowPositionals: true, options: {} }).positionals
  } catch (error) {
    throw new Usage(`${(error as Error).message}\n\n${USAGE}`)
  }
}

/** Where this hall keeps its heads; without AUDIT_HEADS, when there are any yet. */
function known(): string[] {
  const environment = readEnvironment(process.env)
  const { heads } = auditKeeping(environment)
  if (existsSync(heads)) return [heads]
  if (environment.AUDIT_HEADS === undefined) return []
  throw new Usage(
    `AUDIT_HEADS ${heads} is not there, and without it nobody can see whether the last rows were taken away. The worker writes ` +
      'it when the first day is over; before that, and when it is lost, "heads" begins it.',
  )
}

function heads(file: string) {
  try {
    return readHeads(file, readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Usage(`${file} cannot be read: ${(error as Error).message}`)
  }
}
