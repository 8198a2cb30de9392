// The key file that every server and worker of a hall shares.
//   npm run key -- FILE               makes it; without FILE, prints one
//   npm run key -- rotate FILE        gives it one key more, which seals from now on; running servers take it up by themselves
//   npm run key -- forget ID FILE     takes an old key out, once nothing of the hall that the environment names needs it
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readEnvironment } from '#settings/environment.ts'
import { forgotten, newKeyFile, rotated } from '#settings/key-file.ts'
import { operate } from '#setup/operate.ts'

const [first, second, third] = process.argv.slice(2)

try {
  if (first === undefined) process.stdout.write(newKeyFile())
  else if (first === 'rotate' && second !== undefined) rotate(second)
  else if (first === 'forget' && second !== undefined && third !== undefined) await forget(second, third)
  else make(first)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    // Never over an existing file: what its keys have sealed would be lost.
    writeFileSync(file, newKeyFile(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    throw new Error(`${file} was not made: ${error instanceof Error ? error.message : error}`)
  }
  console.log(`Made ${file}. Keep a copy in a safe place, away from the backups of the database.`)
}

function rotate(file: string): void {
  const { text, current } = rotated(readFileSync(file, 'utf8'), file)
  replace(file, text)
  console.log(
    `${current} seals from now on. Running servers and workers take it up within ten minutes and wrap the keys of all records ` +
      'anew. Keep a new copy of the file, and each older key for a week more at least.',
  )
}

async function forget(id: string, file: string): Promise<void> {
  const text = forgotten(readFileSync(file, 'utf8'), file, id)
  const { KEY_FILE } = readEnvironment(process.env)
  if (resolve(KEY_FILE) !== resolve(file)) {
    throw new Error(
      `The hall that the environment (or .env) names keeps its keys in ${KEY_FILE}: whether it needs ${id} cannot be looked up for ${file}.`,
    )
  }
  const { code, output } = await operate({ command: 'key-unused', keyId: id })
  if (code !== 0) throw new Error(`${file} was not changed: ${output}`)
  replace(file, text)
  console.log(
    `${id} is forgotten. Backups from before it was replaced need the copy of the file that has it.`,
  )
}

/** At once or not at all, whatever happens meanwhile: half a key file would be the end of what it opens. */
function replace(file: string, text: string): void {
  const fresh = `${file}.new`
  try {
    const opened = openSync(fresh, 'wx', 0o600)
    try {
      writeFileSync(opened, text)
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
    renameSync(fresh, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(fresh, { force: true })
    throw new Error(`${file} was not changed: ${error instanceof Error ? error.message : error}`)
  }
}
