// `npm run restore -- FILE`: brings a hall back from a backup, into an empty DATA_DIR or database.
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { readEnvironment } from '#settings/environment.ts'
import { type Keys, readKeyFile } from '#settings/key-file.ts'
import { readErased } from '#store/backup/erased-visits.ts'
import { restoreBackup } from '#store/backup/restore.ts'
import { asUsage, backupKey, carryOut, describeBackup, Usage } from './backup-command.ts'

const USAGE = `Brings a hall back from a backup, of either mode into either mode:

  npm run restore -- FILE

  --skip N             each lane leaves N numbers of today for tickets that were issued after the backup; 100 without it,
                       0 when nothing was, as when a hall that stood still moves
  --erased FILE        visits that were erased since the backup are erased again by this file, erased-visits.jsonl beside the
                       hall's AUDIT_HEADS; several where several servers wrote one. Without it the one beside AUDIT_HEADS
  --without-key-file   the hall's KEY_FILE is lost: what residents confided, the links of tickets and webhooks are given up

  Into the DATA_DIR or database that the environment (or .env) names, as for npm start; it must be empty, and all servers
  stopped. BACKUP_KEY names the file of the backup's key; without it its passphrase is asked for, or read from what is piped
  in. Ends with 0 when done, 1 when it is refused or the backup is bad (nothing has changed), 2 otherwise.`

await carryOut(async () => {
  const { file, skip, without, erasedIn } = readArguments(process.argv.slice(2))
  const environment = readEnvironment(process.env)
  const keys = without ? null : hallKeys(environment.KEY_FILE)
  const key = await backupKey(environment.BACKUP_KEY, 'open')
  const actor = `operator:${userInfo().username}`
  const files = erasedIn.length > 0 ? erasedIn : [auditKeeping(environment).erased]
  const found = files.map((one) => asUsage(() => readErased(one)))
  const missing = files.filter((_, at) => found[at] === null)
  if (erasedIn.length > 0 && missing.length > 0) throw new Usage(`${missing.join(', ')}: no such file`)
  const erased = missing.length > 0 ? null : found.flatMap((visits) => visits ?? [])
  const { header, goesOn, erasedAgain } = await restoreBackup({
    environment,
    file,
    key,
    keys,
    skip,
    erased,
    now: Date.now(),
    actor,
  })
  return [
    ...describeBackup(header),
    `Brought back into ${environment.mode === 'services' ? 'the database of DATABASE_URL' : environment.DATA_DIR}.`,
    ...(goesOn.length > 0
      ? [`Today’s numbers go on at ${goesOn.map(({ number }) => number).join(', ')}.`]
      : []),
    ...(keys ? saidOfErased(erased === null ? null : erasedAgain, header.takenAt, files) : []),
    'Everybody signs in anew; screens come back by themselves once the hall is at its address again.',
  ]
})

/** What became of those who had something erased after the backup. [BACKUP11] */
function saidOfErased(again: number | null, takenAt: number, files: readonly string[]): string[] {
  const since = new Date(takenAt).toISOString()
  if (again !== null)
    return [`Erased again, as residents had asked since the backup: ${again} (by ${files.join(', ')}).`]
  return [
    `NOT ERASED AGAIN: there is no ${files.join(', ')}. Whoever had something erased since ${since} has it kept again. Their ids are in`,
    'erased-visits.jsonl beside the AUDIT_HEADS of the hall as it was, and in its audit as resident:erased. Restore with',
    '--erased FILE, or erase them again in /manage/ before the hall opens.',
  ]
}

function hallKeys(file: string): Keys {
  if (!existsSync(file)) {
    throw new Usage(
      `KEY_FILE ${file} does not exist. Put the hall's own there; if it is lost, restore with --without-key-file.`,
    )
  }
  return asUsage(() => readKeyFile(file, false))
}

interface Arguments {
  file: string
  skip: number
  without: boolean
  erasedIn: string[]
}

function readArguments(args: string[]): Arguments {
  const options = {
    skip: { type: 'string' },
    erased: { type: 'string', multiple: true },
    'without-key-file': { type: 'boolean' },
  } as const
  const { values, positionals } = asUsage(() => parseArgs({ args, allowPositionals: true, options }))
  const [file, ...more] = positionals
  const skip = values.skip ?? '100'
  if (file === undefined || more.length > 0 || !/^\d{1,5}$/.test(skip)) throw new Usage(USAGE)
  return {
    file,
    skip: Number(skip),
    without: values['without-key-file'] ?? false,
    erasedIn: values.erased ?? [],
  }
}
