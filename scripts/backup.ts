// `npm run backup -- …`: a backup of the hall, whether it runs or not; or a look whether one is whole.
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { parseArgs } from 'node:util'
import { readEnvironment } from '#settings/environment.ts'
import { newBackupKey } from '#store/backup/sealed-file.ts'
import { takeBackup, verifyBackup } from '#store/backup/take.ts'
import { asUsage, backupKey, carryOut, describeBackup, Usage, version } from './backup-command.ts'

const USAGE = `A backup of the hall, also while it runs:

  npm run backup -- FILE                 into a new file
  npm run backup -- FOLDER [--keep N]    into a file of the folder that is named by the time; N of them stay
  npm run backup -- verify FILE          whether a backup is whole, and what it is of
  npm run backup -- key FILE             make a key for backups

  BACKUP_KEY names the file of the key; without it a passphrase is asked for, or read from what is piped in. The hall is
  the one that the environment (or .env) names, as for npm start; "npm run restore" brings it back. Ends with 0 when done,
  1 when it is refused or the backup is bad, 2 otherwise.`

await carryOut(async () => {
  const { keep, words } = readArguments(process.argv.slice(2))
  const [first = '', second] = words
  if (first === 'key' && second !== undefined) return makeKey(second)
  const environment = readEnvironment(process.env)
  if (first === 'verify' && second !== undefined) {
    const key = await backupKey(environment.BACKUP_KEY, 'open')
    return [...describeBackup(await verifyBackup(second, key)), `${second} is whole`]
  }
  if (first === '' || second !== undefined) throw new Usage(USAGE)
  const key = await backupKey(environment.BACKUP_KEY, 'seal')
  // On the hall's own machine calls go first.
  setPriority(constants.priority.PRIORITY_LOW)
  const { file, bytes, header, removed } = await takeBackup({
    environment,
    to: first,
    key,
    keep,
    program: version,
    now: Date.now(),
  })
  return [...describeBackup(header), `${file}: ${sizeOf(bytes)}`, ...removed.map((name) => `removed ${name}`)]
})

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

async function makeKey(file: string): Promise<string[]> {
  const key = await newBackupKey()
  // Never over an existing file: what it has sealed would be lost.
  asUsage(() =>
    writeFileSync(file, `# public key: ${key.public}\n${key.secret}\n`, { mode: 0o600, flag: 'wx' }),
  )
  return [
    `Made ${file}. Name it with BACKUP_KEY, and keep a copy in a safe place, away from the backups.`,
    `A machine that only makes backups needs no more than a file with the public key: ${key.public}`,
  ]
}

function readArguments(args: string[]): { keep: number | null; words: string[] } {
  const { values, positionals } = asUsage(() =>
    parseArgs({ args, allowPositionals: true, options: { keep: { type: 'string' } } }),
  )
  if (values.keep !== undefined && !/^[1-9]\d{0,4}$/.test(values.keep)) throw new Usage(USAGE)
  if (positionals.length === 0 || positionals.length > 2) throw new Usage(USAGE)
  return { keep: values.keep === undefined ? null : Number(values.keep), words: positionals }
}
