import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackupKey } from '#settings/backup-key.ts'
import { BadBackup } from './format.ts'
import { partsOf } from './parts.ts'
import { newBackupKey, readSealed, writeSealed } from './sealed-file.ts'

async function* some(...pieces: string[]): AsyncGenerator<string> {
  yield* pieces
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = []
  for await (const line of lines) found.push(line)
  return found
}

describe('a sealed file', () => {
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-sealed-'))
    file = join(folder, 'sealed')
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('[BACKUP3] opens with its passphrase, and with no other', async () => {
    const sealing: BackupKey = { kind: 'passphrase', passphrase: '暖 号 correct horse' }
    await writeSealed(some('one\ntw', 'o\n', '三\n'), sealing, createWriteStream(file))
    expect(await readSealed(file, sealing, all)).toEqual(['one', 'two', '三'])
    const other: BackupKey = { kind: 'passphrase', passphrase: '暖 号 correct hors' }
    await expect(readSealed(file, other, all)).rejects.toThrow(BadBackup)
  })

  it('[BACKUP3] sealed with a public key opens with the secret one only', async () => {
    const pair = await newBackupKey()
    const sealing: BackupKey = { kind: 'public', keys: [pair.public, (await newBackupKey()).public] }
    await writeSealed(some('one\n'), sealing, createWriteStream(file))
    await expect(readSealed(file, sealing, all)).rejects.toThrow('needs the secret key')
    expect(await readSealed(file, { kind: 'secret', keys: [pair.secret] }, all)).toEqual(['one'])
  })

  it('[BACKUP4] is refused wherever one byte of it is changed', async () => {
    const { secret } = await newBackupKey()
    const key: BackupKey = { kind: 'secret', keys: [secret] }
    await writeSealed(some('one\n'.repeat(50)), key, createWriteStream(file))
    const bytes = readFileSync(file)
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 4
      writeFileSync(`${file}.changed`, changed)
      await expect(readSealed(`${file}.changed`, key, all)).rejects.toThrow(BadBackup)
    }
  })

  it('[BACKUP4] whose text is not that of a whole backup is refused', async () => {
    const header = JSON.stringify({ header: { format: 1, rows: { site: 1 } } })
    const table = JSON.stringify({ table: 'site', columns: ['id'] })
    const row = '["hall"]'
    const texts = [
      [],
      [row],
      [table, row],
      [header, header],
      [header, 'no json'],
      [header, row],
      [header, table, row],
      [header, table, row, JSON.stringify({ end: 'site', rows: 1, sha256: 'other' })],
      [header, table, table],
      [header, JSON.stringify({ trailer: { tables: 0, rows: 0, sha256: 'other' } })],
      [JSON.stringify({ header: { format: 2, program: '9', rows: {} } })],
    ]
    for (const lines of texts) {
      const reading = async () => {
        for await (const _ of partsOf(some(...lines)));
      }
      await expect(reading()).rejects.toThrow(BadBackup)
    }
  })
})
