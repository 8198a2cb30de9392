// `npm run restore -- FILE`: brings a hall back from a backup, into an empty DATA_DIR or database.
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { readEnvironment } from '#settings/environment.ts'
import { type Keys, readKeyFile } from '#settings/key-file.ts'
import { restoreBackup } from '#store/backup/restore.ts'
import { asUsage, backupKey, carryOut, describeBackup, Usage } from './backup-command.ts'

const USAGE = `Brings a hall back from a backup, of either mode into either mode:

  npm run restore -- FILE

  --skip N             each lane leaves N numbers of today for tickets that were issued after the backup; 100 without it,
                       0 when nothing was, as when a hall that stood still moves
  --without-key-file   the hall's KEY_FILE is lost: what residents confided, the links of tickets and webhooks are given up

  Into the DATA_DIR or database that the environment (or .env) names, as for npm start; it must be empty, and all servers
  stopped. BACKUP_KEY names the file of the backup's key; without it its passphrase is asked for, or read from what is piped
  in. Ends with 0 when done, 1 when it is refused or the backup is bad (nothing has changed), 2 otherwise.`

await carryOut(async () => {
  const { file, skip, without } = readArguments(process.argv.slice(2))
  const environment = readEnvironment(process.env)
  const keys = without ? null : hallKeys(environment.KEY_FILE)
  const key = await backupKey(environment.BACKUP_KEY, 'open')
  const actor = `operator:${userInfo().username}`
  const { header, goesOn } = await restoreBackup({
    environment,
    file,
    key,
    keys,
    skip,
    now: Date.now(),
    actor,
  })
  return [
    ...describeBackup(header),
    `Brought back into ${environment.mode === 'services' ? 'the database of DATABASE_URL' : environment.DATA_DIR}.`,
    ...(goesOn.length > 0
      ? [`Today’s numbers go on at ${goesOn.map(({ number }) => number).join(', ')}.`]
      : []),
    'Everybody signs in anew; screens come back by themselves once the hall is at its address again.',
  ]
})

function hallKeys(file: string): Keys {
  if (!existsSync(file)) {
    throw new Usage(
      `KEY_FILE ${file} does not exist. Put the hall's own there; if it is lost, restore with --without-key-file.`,
    )
  }
  return asUsage(() => readKeyFile(file, false))
}

function readArguments(args: string[]): { file: string; skip: number; without: boolean } {
  const options = { skip: { type: 'string' }, 'without-key-file': { type: 'boolean' } } as const
  const { values, positionals } = asUsage(() => parseArgs({ args, allowPositionals: true, options }))
  const [file, ...more] = positionals
  const skip = values.skip ?? '100'
  if (file === undefined || more.length > 0 || !/^\d{1,5}$/.test(skip)) throw new Usage(USAGE)
  return { file, skip: Number(skip), without: values['without-key-file'] ?? false }
}
