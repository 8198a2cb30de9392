// `npm run hall -- COMMAND`: a hall's own settings, from its file. Beside a running server or without one.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { EnvironmentError } from '#settings/environment.ts'
import { checkFile, type HallRequest } from '#setup/commands.ts'
import { operate, Usage } from '#setup/operate.ts'
import { type Pictures, picturesBeside } from '#setup/pictures.ts'

const USAGE = `A hall of one's own, from its file (examples/hall.yaml explains the words):

  npm run hall -- check FILE             what is wrong with it, with the line
  npm run hall -- diff FILE              what would change
  npm run hall -- apply FILE             make it so, at once or --at "2026-12-01 08:00" of the hall's clock
                                         --new: make one more hall besides those there are
  npm run hall -- export [FILE]          write the hall as it stands into a file, or print it
  npm run hall -- history                every revision, and what is planned
  npm run hall -- revert [REVISION]      put an earlier revision in force again; without one, the last but one
  npm run hall -- withdraw VERSION       take back what was planned
  npm run hall -- password USERNAME      a new password for somebody, printed once

  --site ID says which hall, where there are several. The hall is the one that the environment (or .env) names, as for
  npm start. Ends with 0 when done, 1 when the file is bad or it is refused (then nothing has changed), 2 otherwise.`

try {
  const { request, into } = await readArguments(process.argv.slice(2))
  const { code, output } = request.command === 'check' ? checkFile(request) : await operate(request)
  if (into === null || code !== 0) (code === 0 ? process.stdout : process.stderr).write(`${output}\n`)
  // Never over another file: it may hold comments that this one does not.
  else writeFileSync(into, `${output}\n`, { flag: 'wx' })
  process.exitCode = code
} catch (error) {
  const known =
    error instanceof Usage ||
    error instanceof EnvironmentError ||
    (error as { code?: string }).code === 'EEXIST'
  process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? error)}\n`)
  process.exitCode = 2
}

async function readArguments(args: string[]): Promise<{ request: HallRequest; into: string | null }> {
  const { values, positionals } = parsed(args)
  const [command, what, ...more] = positionals
  const { at, site, new: another } = values
  if (more.length > 0) throw new Usage(USAGE)
  const ofSite = site === undefined ? {} : { site }
  const atOnceOr = at === undefined ? {} : { at }
  switch (command) {
    case 'check':
    case 'diff':
      return { request: { command, ...(await readHall(what)) }, into: null }
    case 'apply':
      return {
        request: { command, ...(await readHall(what)), ...atOnceOr, ...(another && { another }) },
        into: null,
      }
    case 'export':
      return { request: { command, ...ofSite }, into: what ?? null }
    case 'history':
      return { request: { command, ...ofSite }, into: null }
    case 'revert': {
      const revision = what === undefined ? {} : { revision: number(what) }
      return { request: { command, ...ofSite, ...atOnceOr, ...revision }, into: null }
    }
    case 'withdraw':
      return { request: { command, ...ofSite, version: number(what) }, into: null }
    case 'password':
      if (what === undefined) throw new Usage(USAGE)
      return { request: { command, username: what }, into: null }
    default:
      throw new Usage(USAGE)
  }
}

function parsed(args: string[]) {
  try {
    const options = { at: { type: 'string' }, site: { type: 'string' }, new: { type: 'boolean' } } as const
    return parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    throw new Usage(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function number(written: string | undefined): number {
  if (!/^\d{1,9}$/.test(written ?? '')) throw new Usage(USAGE)
  return Number(written)
}

async function readHall(
  file: string | undefined,
): Promise<{ file: string; text: string; pictures: Pictures }> {
  if (file === undefined) throw new Usage(USAGE)
  try {
    const text = readFileSync(file, 'utf8')
    return { file, text, pictures: await picturesBeside(file, text) }
  } catch (error) {
    throw new Usage(`${file} cannot be read: ${(error as Error).message}`)
  }
}
