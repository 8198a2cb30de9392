// `npm run key -- FILE`: makes the key file that every server and worker of a hall shares. Without FILE, prints it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { newKeyFile } from '#settings/key-file.ts'

const file = process.argv[2]

if (file === undefined) {
  process.stdout.write(newKeyFile())
} else {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    // Never over an existing file: what its keys have sealed would be lost.
    writeFileSync(file, newKeyFile(), { mode: 0o600, flag: 'wx' })
    console.log(`Made ${file}. Keep a copy in a safe place, away from the backups of the database.`)
  } catch (error) {
    console.error(`${file} was not made: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
