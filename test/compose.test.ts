import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { VARIABLES } from '#settings/environment.ts'

interface Service {
  build?: string
  command?: string[]
  restart?: string
  environment?: Record<string, string>
  secrets?: string[]
  volumes?: string[]
  healthcheck?: { test?: string[]; disable?: boolean }
  depends_on?: Record<string, { condition: string }>
}

interface Compose {
  services: Record<'postgres' | 'redis' | 'migrate' | 'server' | 'worker' | 'proxy', Service>
  volumes: Record<string, null>
  secrets: Record<string, { file: string }>
}

const compose: Compose = parse(read('docker-compose.yml'), { merge: true })
const { postgres, redis, migrate, server, worker, proxy } = compose.services
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ')
const caddyfile = read('deploy/Caddyfile')
const ignored = read('.gitignore').split('\n')

describe('docker-compose.yml', () => {
  it.each(Object.entries({ migrate, server, worker }))(
    'sets only variables that the %s reads',
    (_, service) => {
      expect(VARIABLES).toEqual(expect.arrayContaining(Object.keys(service.environment ?? {})))
    },
  )

  it.each(Object.entries({ server, worker }))('runs the %s in services mode', (_, service) => {
    expect(service.environment?.DATABASE_URL).toContain('@postgres:5432/')
    expect(service.environment?.REDIS_URL).toBe('redis://redis:6379')
  })

  it('gives the server and the worker the same key, as a secret that is not committed', () => {
    for (const service of [server, worker]) {
      expect(service.secrets).toEqual(['key'])
      expect(service.environment?.KEY_FILE).toBe('/run/secrets/key')
    }
    expect(compose.secrets.key?.file).toBe('./keys/nuanhao.key')
    expect(ignored).toContain('keys/')
  })

  it('keeps what Redis and PostgreSQL have acknowledged', () => {
    expect(redis.command?.join(' ')).toContain('--appendonly yes')
    expect(redis.command?.join(' ')).toContain('--maxmemory-policy noeviction')
    for (const volume of [...(redis.volumes ?? []), ...(postgres.volumes ?? [])]) {
      expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
    }
  })

  it('asks each service that serves something how it is', () => {
    for (const service of [postgres, redis, proxy]) expect(service.healthcheck?.test?.[0]).toBe('CMD')
    // The server has the health check of its image.
    expect(server.healthcheck).toBeUndefined()
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\/healthz/m)
  })

  it('starts each service once those it needs are healthy', () => {
    const waits = (service: Service) => Object.entries(service.depends_on ?? {})
    expect(waits(migrate).map(([name]) => name)).toEqual(['postgres'])
    expect(waits(server).map(([name]) => name)).toEqual(['migrate', 'redis'])
    for (const [name, { condition }] of [migrate, server, worker, proxy].flatMap(waits)) {
      expect(condition).toBe(name === 'migrate' ? 'service_completed_successfully' : 'service_healthy')
    }
  })

  it('[AUDIT11] has the database’s owner bring it up to date, and nobody else be that', () => {
    const login = (url = '') => new URL(url.replaceAll(/\$\{\w+:[^}]*\}/g, 'x')).username
    const owner = postgres.environment?.POSTGRES_USER
    expect(login(migrate.environment?.DATABASE_URL)).toBe(owner)
    for (const { environment } of [server, worker]) {
      expect(environment?.DATABASE_URL).toBe(migrate.environment?.PROGRAM_DATABASE_URL)
      expect(login(environment?.DATABASE_URL)).not.toBe(owner)
      expect(JSON.stringify(environment)).not.toContain('POSTGRES_PASSWORD')
    }
    expect(migrate.restart).toBe('no')
  })

  it('ends TLS in the proxy and forwards to the port of the server', () => {
    expect(caddyfile).toMatch(/^\ttls /m)
    expect(caddyfile).toContain(`dynamic a server ${server.environment?.PORT} `)
    expect(server.environment?.HOST).toBe('0.0.0.0')
    expect(server.environment?.TRUST_PROXY).toBe('1')
    expect(server.environment?.PUBLIC_URL).toMatch(/^https:/)
  })

  it('refers only to files that exist', () => {
    const mounted = Object.values(compose.services)
      .flatMap((service) => service.volumes ?? [])
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => source.startsWith('.'))
    expect(
      [...mounted, lastOf(worker.command), lastOf(migrate.command)].filter((file) => !exists(file)),
    ).toEqual([])
  })

  it('starts what npm run worker and npm run migrate start', () => {
    expect(JSON.parse(read('package.json')).scripts.worker.split(' ').at(-1)).toBe(lastOf(worker.command))
    expect(JSON.parse(read('package.json')).scripts.migrate.split(' ').at(-1)).toBe(lastOf(migrate.command))
  })
})

describe('Dockerfile', () => {
  it('copies files that exist, and runs scripts that exist', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      match[1]!.split(' '),
    )
    const scripts = [...dockerfile.matchAll(/^RUN npm run (\S+)/gm)].map((match) => match[1]!)
    expect(copied.length).toBeGreaterThan(0)
    expect(copied.filter((file) => !exists(file))).toEqual([])
    expect(Object.keys(JSON.parse(read('package.json')).scripts)).toEqual(expect.arrayContaining(scripts))
  })

  it('starts the server, and not as root', () => {
    const command: string[] = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]')
    expect(command).toEqual(['node', '--import', 'tsx', 'server/main.ts'])
    expect(exists('server/main.ts')).toBe(true)
    expect(dockerfile).toMatch(/^USER node$/m)
  })

  it('sets only variables that the program reads', () => {
    const names = [...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? '').matchAll(/([A-Z_]+)=/g)].map(
      (match) => match[1],
    )
    expect([...VARIABLES, 'NODE_ENV']).toEqual(expect.arrayContaining(names))
  })
})

describe('.env.example', () => {
  const example = read('.env.example')

  it('explains every variable that the program reads, and no other', () => {
    const explained = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map((match) => match[1])
    expect(explained.toSorted()).toEqual([...VARIABLES].toSorted())
  })

  it('has a line for every value that docker-compose.yml asks for', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1])
    const offered = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1])
    expect(offered.toSorted()).toEqual([...new Set(asked)].toSorted())
  })
})

function path(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url))
}

function read(file: string): string {
  return readFileSync(path(file), 'utf8')
}

function exists(file: string): boolean {
  return existsSync(path(file))
}

function lastOf(command: string[] | undefined): string {
  return command?.at(-1) ?? ''
}
