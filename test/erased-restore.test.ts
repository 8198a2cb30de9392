import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { type BackupKey, readBackupKey } from '#settings/backup-key.ts'
import type { Environment } from '#settings/environment.ts'
import { newKeyFile, readKeyFile } from '#settings/key-file.ts'
import { type ErasedVisit, readErased } from '#store/backup/erased-visits.ts'
import { type Restored, restoreBackup } from '#store/backup/restore.ts'
import { newBackupKey } from '#store/backup/sealed-file.ts'
import { takeBackup } from '#store/backup/take.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { emptyPlace } from '#test/harness/place.ts'
import { runProgram } from '#test/harness/program.ts'

describe.each(MODES)('who was erased and a backup from before, %s', (mode) => {
  let folder: string
  let hall: TestHall
  let key: BackupKey
  let backup: string
  let erased: string
  let other: string
  let file: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-erased-'))
    writeFileSync(join(folder, 'hall.key'), newKeyFile(), { mode: 0o600 })
    writeFileSync(join(folder, 'backup.key'), `${(await newBackupKey()).secret}\n`)
    key = readBackupKey(join(folder, 'backup.key'))
    backup = join(folder, 'backup.age')
    hall = await startHall(mode, {
      variables: { KEY_FILE: join(folder, 'hall.key'), AUDIT_HEADS: join(folder, 'heads', 'heads.jsonl') },
    })
    file = auditKeeping(hall.environment).erased
    const kiosk = await hall.enrol('kiosk')
    const supervisor = await hall.signIn('supervisor')
    const issue = async () =>
      String(
        (
          await kiosk.post(`/sites/${SITE}/tickets`, {
            serviceId: 'residence-permit',
            contact: { name: '王小明标记甲', phone: '13800009999' },
          })
        ).body.ticket.id,
      )
    const erase = (id: string) =>
      supervisor.post(`/sites/${SITE}/visits/${id}/erase`, { recognisedBy: 'own-ticket' })
    erased = await issue()
    other = await issue()
    const environment = hall.environment
    await takeBackup({ environment, to: backup, key, keep: null, program: '1', now: Date.now() })
    expect((await erase(erased)).body).toEqual({ gone: 1 })
    expect((await erase('nobody')).body.code).toBe('unknown-ticket')
  })
  afterAll(async () => {
    await hall.stop()
    await rm(folder, { recursive: true })
  })

  const restoring = (environment: Environment, visits: readonly ErasedVisit[] | null) => ({
    ...{ environment, file: backup, key, skip: 0, erased: visits, now: Date.now(), actor: 'operator:test' },
    keys: readKeyFile(join(folder, 'hall.key'), false),
  })

  it('[BACKUP11] ids of erased visits are kept outside the database, and a restore of a backup from before erases them again', async () => {
    expect(dirname(file)).toBe(join(folder, 'heads'))
    expect(readErased(file)).toEqual([{ siteId: SITE, ticketId: erased, at: expect.any(Number) }])
    let restored: Restored | undefined
    const again = await startHall(mode, {
      variables: { KEY_FILE: join(folder, 'hall.key') },
      before: async (environment) => {
        restored = await restoreBackup(restoring(environment, readErased(file)))
      },
    })
    try {
      expect(restored?.erasedAgain).toBe(1)
      const { query } = again.running.parts.hall.database
      expect(await query('select ticket_id as id from nuanhao.private_record')).toEqual([{ id: other }])
      expect(
        await query(`select actor, subject, reason from nuanhao.audit where action = 'resident:erased'`),
      ).toEqual([{ actor: 'operator:test', subject: erased, reason: 'restored' }])
    } finally {
      await again.stop()
    }
  })

  it('[BACKUP11] where nobody knows who was erased, the restore says so, and from when on', async () => {
    const place = await emptyPlace(mode, join(folder, 'place'), join(folder, 'hall.key'))
    try {
      const restore = (args: string[]) => {
        const { DATA_DIR, DATABASE_URL = '', REDIS_URL = '' } = place.environment
        const keys = { KEY_FILE: join(folder, 'hall.key'), BACKUP_KEY: join(folder, 'backup.key') }
        return runProgram('scripts/restore.ts', { DATA_DIR, DATABASE_URL, REDIS_URL, ...keys }, args).ended
      }
      expect(await restore([backup, '--erased', join(folder, 'none')])).toMatchObject({ code: 2 })
      const { code, output } = await restore([backup])
      expect(code).toBe(0)
      expect(output).toContain('NOT ERASED AGAIN')
      expect(output).toContain('erased-visits.jsonl')
    } finally {
      await place.remove()
    }
  })
})

describe('the file of erased visits', () => {
  it('[BACKUP11] may be cut off in its last line, and nowhere else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nuanhao-erased-'))
    const file = join(folder, 'erased.jsonl')
    const line = JSON.stringify({ siteId: SITE, ticketId: 't', at: 1 })
    try {
      expect(readErased(file)).toBeNull()
      writeFileSync(file, `${line}\n${line.slice(0, 20)}`)
      expect(readErased(file)).toEqual([JSON.parse(line)])
      writeFileSync(file, `${line}\n${line.slice(0, 20)}\n${line}\n`)
      expect(() => readErased(file)).toThrow(`${file}:2`)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
