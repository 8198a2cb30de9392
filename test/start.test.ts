import { cpSync, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { Client } from '#test/harness/client.ts'
import { PASSWORD, SITE } from '#test/harness/hall.ts'
import { type Program, runProgram } from '#test/harness/program.ts'

/** The last of the lines it prints when it is up. */
const UP = /密码 Password/

describe('starting and stopping the embedded hall', () => {
  let folder: string
  let variables: Record<string, string>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-start-'))
    cpSync(inject('folders').empty, join(folder, 'data'), { recursive: true })
    variables = {
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'key'),
      DEMO_PASSWORD: PASSWORD,
    }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const start = (more: Record<string, string> = {}) => runProgram('server/main.ts', { ...variables, ...more })
  const urlOf = (output: string) => /(http:\/\/127\.0\.0\.1:\d+)\/kiosk\//.exec(output)?.[1] ?? ''

  async function stop(program: Program, signal: NodeJS.Signals): Promise<void> {
    program.process.kill(signal)
    expect(await program.ended).toMatchObject({ code: 0, signal: null })
    expect(existsSync(join(folder, 'data', 'lock'))).toBe(false)
  }

  it('[START1] prints the links and the demo log-ins, and SIGTERM closes everything', async () => {
    const program = start()
    const output = await program.printed(UP)
    for (const path of [
      '/kiosk/',
      '/display/',
      '/pad/',
      '/console/?counter=c1',
      '/console/?counter=c2',
      '/manage/',
      '/phone/#',
      '/api/docs/',
    ]) {
      expect(output).toContain(path)
    }
    expect(output).toContain(PASSWORD)
    const client = new Client(urlOf(output))
    expect((await client.post('/session', { username: 'counter1', password: PASSWORD })).status).toBe(200)
    await stop(program, 'SIGTERM')
  })

  it('[START2] Ctrl-C closes everything too, and the next start finds what was there', async () => {
    const first = start()
    const client = new Client(urlOf(await first.printed(UP)))
    const { token } = (await client.post('/devices', { kind: 'kiosk' })).body
    const { body } = await client.withToken(token).post(`/sites/${SITE}/tickets`, { serviceId: 'housing' })
    await stop(first, 'SIGINT')
    const second = start()
    const again = new Client(urlOf(await second.printed(UP))).withToken(token)
    expect((await again.get(`/tickets/${body.ticket.id}`)).body.ticket).toEqual(body.ticket)
    await stop(second, 'SIGTERM')
    // Two starts, one after the other.
  })

  it('[START3] a second start on the same data is refused with a clear message', async () => {
    const first = start()
    await first.printed(UP)
    const second = await start().ended
    expect(second.code).toBe(1)
    expect(second.output).toContain(`is in use by process ${first.process.pid}`)
    expect(second.output).toContain('DATA_DIR')
    await stop(first, 'SIGTERM')
  })

  it('[START3] the lock of a program that was killed does not keep the next one out', async () => {
    const first = start()
    await first.printed(UP)
    first.process.kill('SIGKILL')
    await first.ended
    expect(existsSync(join(folder, 'data', 'lock'))).toBe(true)
    const second = start()
    await second.printed(UP)
    await stop(second, 'SIGTERM')
  })

  it('[START4] a port in use says so and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const port = String((other.address() as { port: number }).port)
    const { code, output } = await start({ PORT: port }).ended
    other.close()
    expect(code).toBe(1)
    expect(output).toContain(`Port ${port} on 127.0.0.1 is in use by another program`)
  })

  it('[START5] a wrong environment names each variable and what it should be', async () => {
    const { code, output } = await start({
      PORT: 'eighty',
      DATABASE_URL: 'postgres://x/y',
      TLS_CERT: 'a.pem',
    }).ended
    expect(code).toBe(1)
    for (const name of ['PORT:', 'REDIS_URL:', 'TLS_KEY:']) expect(output).toContain(name)
    expect(output).not.toMatch(/\n\s+at /)
  })

  it('[START6] the demo hall does not open to the network unless DEMO=1 says so', async () => {
    const { code, output } = await start({ HOST: '0.0.0.0' }).ended
    expect(code).toBe(1)
    expect(output).toContain('DEMO=1')
  })
})
