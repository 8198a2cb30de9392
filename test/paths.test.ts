import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHall, type TestHall } from '#test/harness/hall.ts'

const SECRET = 'what lies beside the folders that are served'
/** Where files are served from, and where a name becomes a path. */
const MOUNTS = ['/', '/kiosk/', '/voice/', '/voice/calm/', '/voice/calm/zh-CN/', '/api/docs/', '/privacy/']
const UP = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '..\\',
  '..%5c',
  '%252e%252e%252f',
  '....//',
  './/../',
  '..;/',
]

describe('files of the machine', () => {
  let hall: TestHall
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-paths-'))
    const pack = join(folder, 'voice', 'calm', 'zh-CN')
    await mkdir(pack, { recursive: true })
    await writeFile(join(pack, 'one.mp3'), 'a clip')
    for (const inside of ['.', 'voice', 'voice/calm', 'voice/calm/zh-CN/..']) {
      await writeFile(join(folder, inside, 'secret.key'), SECRET)
    }
    await writeFile(join(pack, '.secret.mp3'), SECRET)
    hall = await startHall('embedded', { variables: { VOICE_DIR: join(folder, 'voice') } })
  })
  afterAll(async () => {
    await hall.stop()
    await rm(folder, { recursive: true })
  })

  /** As it is: a client library would tidy the path up first. */
  const ask = (path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const { hostname, port } = new URL(hall.running.url)
      get({ hostname, port, path }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      }).on('error', reject)
    })

  it('[BAD3] no path leads out of the folders that are served, however it is written', async () => {
    expect(await ask('/voice/calm/zh-CN/one.mp3')).toEqual({ status: 200, body: 'a clip' })
    expect((await ask('/api/docs/swagger-ui.css')).status).toBe(200)
    const wanted = ['secret.key', 'package.json', 'etc/passwd', '.secret.mp3', 'server/main.ts']
    const told: string[] = []
    let asked = 0
    for (const mount of MOUNTS) {
      for (const up of UP) {
        for (let depth = 0; depth <= 8; depth++) {
          for (const file of wanted) {
            const path = mount + up.repeat(depth) + file
            const { status, body } = await ask(path)
            asked++
            const leaks = body.includes(SECRET) || body.includes('"nuanhao"') || body.includes('root:')
            if (leaks || status >= 500 || status === 200) told.push(`${path}: ${status}`)
          }
        }
      }
    }
    expect(told).toEqual([])
    expect(asked).toBe(MOUNTS.length * UP.length * 9 * wanted.length)
  })
})
