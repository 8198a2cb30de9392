import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { EnvironmentError, isLoopback, readEnvironment, VARIABLES } from './environment.ts'

const folder = mkdtempSync(join(tmpdir(), 'nuanhao-environment-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (variables: Record<string, string | undefined>) => readEnvironment(variables, null)
const complaint = (variables: Record<string, string | undefined>) => {
  try {
    read(variables)
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message
    throw error
  }
  return null
}

describe('the environment', () => {
  it('[ENV1] has a default for everything a demo needs', () => {
    expect(read({})).toEqual({
      PORT: 8080,
      HOST: '127.0.0.1',
      DATA_DIR: 'data',
      TRUST_PROXY: 0,
      KEY_FILE: 'keys/nuanhao.key',
      LOG_LEVEL: 'info',
      RATE_LIMITS: true,
      WEBHOOK_ALLOW: [],
      PRINTER_ALLOW: [],
      AUDIT_MONTHS: 6,
      mode: 'embedded',
    })
  })

  it('[ENV1] knows the variables of the handbook and takes no notice of others', () => {
    expect([...VARIABLES].sort()).toEqual(
      [
        ...['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'TLS_CERT', 'TLS_KEY'],
        ...['TRUST_PROXY', 'KEY_FILE', 'LOG_LEVEL', 'DEMO', 'DEMO_PASSWORD', 'WEBHOOK_ALLOW', 'VOICE_DIR'],
        ...['RATE_LIMITS', 'AUDIT_HEADS', 'AUDIT_MONTHS', 'BACKUP_KEY', 'PRINTER_ALLOW'],
        'PROGRAM_DATABASE_URL',
      ].sort(),
    )
    expect(read({ PATH: '/bin', port: '1' })).toEqual(read({}))
  })

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['TRUST_PROXY', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO', 'true'],
    ['RATE_LIMITS', 'off'],
    ['AUDIT_MONTHS', '5'],
    ['AUDIT_MONTHS', 'half a year'],
    ['DEMO_PASSWORD', 'short'],
    ['WEBHOOK_ALLOW', 'http://sms.local'],
    ['WEBHOOK_ALLOW', 'sms.local,,10.0.0.7'],
    ['PUBLIC_URL', 'hall.example'],
    ['PUBLIC_URL', 'ftp://hall.example'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['REDIS_URL', 'http://host'],
  ])('[ENV1] %s=%s is named in the complaint', (name, value) => {
    const complete = { DATABASE_URL: 'postgres://h/d', REDIS_URL: 'redis://h' }
    expect(complaint({ ...complete, [name]: value })).toMatch(new RegExp(`^ {2}${name}: `, 'm'))
  })

  it('[ENV1] every wrong variable is named at once', () => {
    const message = complaint({ PORT: 'x', LOG_LEVEL: 'x', TRUST_PROXY: 'x' })
    expect(message).toMatch(/PORT: [\s\S]*TRUST_PROXY: [\s\S]*LOG_LEVEL: /)
  })

  it('[ENV2] services mode needs both addresses', () => {
    const DATABASE_URL = 'postgres://host/nuanhao'
    const REDIS_URL = 'redis://host:6379'
    expect(read({ DATABASE_URL, REDIS_URL }).mode).toBe('services')
    expect(complaint({ DATABASE_URL })).toContain(
      'REDIS_URL: services mode needs DATABASE_URL and REDIS_URL together',
    )
    expect(complaint({ REDIS_URL })).toContain('DATABASE_URL: services mode needs')
  })

  it('[ENV2] HTTPS needs certificate and key', () => {
    expect(read({ TLS_CERT: 'a.pem', TLS_KEY: 'b.pem' })).toMatchObject({
      TLS_CERT: 'a.pem',
      TLS_KEY: 'b.pem',
    })
    expect(complaint({ TLS_CERT: 'a.pem' })).toContain('TLS_KEY: HTTPS needs')
    expect(complaint({ TLS_KEY: 'b.pem' })).toContain('TLS_CERT: HTTPS needs')
  })

  it.each([
    ['hall', 'hall/key'],
    ['hall', 'hall'],
    ['hall', './hall/../hall/deep/key'],
    ['/srv/hall/', '/srv/hall/key'],
  ])(
    '[ENV3] with DATA_DIR=%s, KEY_FILE=%s is refused: a copy of the data must not hold the key',
    (DATA_DIR, KEY_FILE) => {
      expect(complaint({ DATA_DIR, KEY_FILE })).toContain('KEY_FILE: must lie outside DATA_DIR')
    },
  )

  it('[BACKUP3] the key of backups is another than the hall’s', () => {
    expect(complaint({ KEY_FILE: 'keys/a', BACKUP_KEY: './keys/a' })).toContain('BACKUP_KEY: must be another')
    expect(read({ KEY_FILE: 'keys/a', BACKUP_KEY: 'keys/b' }).BACKUP_KEY).toBe('keys/b')
  })

  it.each([
    ['hall', 'hall.key'],
    ['hall', 'hall/../key'],
    ['/srv/hall', '/srv/hall-keys/key'],
  ])('[ENV3] with DATA_DIR=%s, KEY_FILE=%s is fine', (DATA_DIR, KEY_FILE) => {
    expect(complaint({ DATA_DIR, KEY_FILE })).toBeNull()
  })

  it('[ENV4] an empty value counts as unset', () => {
    expect(read({ PORT: '', DATABASE_URL: '', DEMO: '' })).toEqual(read({}))
  })

  it('[ENV4] is read from a .env file too, and the process wins', () => {
    const file = join(folder, 'dot-env')
    writeFileSync(file, '# a comment\nPORT=9000\nHOST="0.0.0.0"\nOTHER=x\nDEMO=1\n')
    expect(readEnvironment({}, file)).toMatchObject({ PORT: 9000, HOST: '0.0.0.0', DEMO: true })
    expect(readEnvironment({ PORT: '9001' }, file)).toMatchObject({ PORT: 9001, HOST: '0.0.0.0' })
    // Emptied on purpose for one run.
    expect(readEnvironment({ PORT: '' }, file).PORT).toBe(8080)
    expect(() => readEnvironment({ PORT: 'x' }, file)).toThrow(EnvironmentError)
  })

  it('[ENV4] a missing .env file is none; one that cannot be read is an error', () => {
    expect(readEnvironment({}, join(folder, 'none'))).toEqual(read({}))
    expect(() => readEnvironment({}, folder)).toThrow(/cannot be read/)
  })

  it('[ENV1] WEBHOOK_ALLOW is a list of hosts, each with a port or without', () => {
    expect(read({ WEBHOOK_ALLOW: 'SMS.local, 10.0.0.7:9000,[fd00::7]:9000' }).WEBHOOK_ALLOW).toEqual([
      { host: 'sms.local', port: null },
      { host: '10.0.0.7', port: '9000' },
      { host: '[fd00::7]', port: '9000' },
    ])
  })

  it('[ENV1] DEMO is yes, no, or not said', () => {
    expect([read({ DEMO: '1' }).DEMO, read({ DEMO: '0' }).DEMO, read({}).DEMO]).toEqual([
      true,
      false,
      undefined,
    ])
  })
})

describe('this machine only', () => {
  it('[ENV5] tells loopback from addresses others can reach', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])
      expect(isLoopback(host)).toBe(true)
    for (const host of ['0.0.0.0', '192.168.1.10', 'hall.example', '10.127.0.1', '::']) {
      expect(isLoopback(host), host).toBe(false)
    }
  })
})
