import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HallRequest, runHallCommand } from '#setup/commands.ts'
import { picturesBeside } from '#setup/pictures.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

const demo = readFileSync(new URL('../demo/hall.yaml', import.meta.url), 'utf8')
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAKElEQVR4nA3HQQEAAAgCMYIZgjjEIYT9Tn+bkBgRsS+ZMTHrT5mSsj1h2BPtWVzB2QAAAABJRU5ErkJggg==',
  'base64',
)

describe.each(MODES)('how a hall’s displays are set up, %s', (mode) => {
  let hall: TestHall
  let folder: string
  let display: Client
  beforeAll(async () => {
    hall = await startHall(mode)
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-pictures-'))
    display = await hall.enrol('display')
  })
  afterAll(async () => {
    await hall.stop()
    await rm(folder, { recursive: true })
  })

  const ask = (request: HallRequest) => {
    const { database, now } = hall.running.parts.hall
    return runHallCommand(database, request, now(), 'operator:test')
  }
  /** As the command line does: with the pictures beside the file. */
  const apply = async (text: string) => {
    const file = join(folder, 'hall.yaml')
    await writeFile(file, text)
    return ask({ command: 'apply', file, text, pictures: await picturesBeside(file, text) })
  }
  const withPicture = (picture: string) =>
    `${demo.replace('notices:\n', `notices:\n  - { zh-CN: 有图, en: pictured, picture: ${picture} }\n`)}
display: { one: yi, voice: ours, reading-distance: 6, zones: [{ id: east, name: 东区, lanes: [household] }] }\n`

  it('[PICTURE1] [PICTURE2] [VOICE2] a picture goes from beside the file to the screens of the hall, and to nobody else', async () => {
    expect(await apply(withPicture('a.png'))).toMatchObject({
      code: 1,
      output: expect.stringContaining('a.png cannot be read'),
    })
    await writeFile(join(folder, 'a.png'), PNG)
    expect(await apply(withPicture('../a.png'))).toMatchObject({
      code: 1,
      output: expect.stringContaining('beside this one'),
    })
    expect(await apply(withPicture('a.png'))).toMatchObject({ code: 0 })
    const { body: site } = await display.get(`/sites/${SITE}`)
    expect(site.display).toEqual({
      one: 'yi',
      voice: 'ours',
      readingDistance: 6,
      screen: 43,
      zones: [{ id: 'east', name: { 'zh-CN': '东区', en: '东区' }, lanes: ['household'], counters: [] }],
    })
    const { picture } = site.notices[0]
    const path = `/sites/${SITE}/pictures/${picture}`
    const { status, body } = await display.get(path)
    expect({ status, body }).toEqual({
      status: 200,
      body: { type: 'image/webp', data: expect.stringMatching(/^UklGR/) },
    })
    expect((await (await hall.enrol('kiosk')).get(path)).status).toBe(200)
    expect((await fetch(`${hall.running.url}/api/v1${path}`)).status).toBe(401)
    expect((await display.get(`/sites/${SITE}/pictures/${'0'.repeat(64)}`)).status).toBe(404)
    expect((await display.get(`/sites/${SITE}/pictures/a.png`)).status).toBe(400)
  })

  it('[PICTURE1] an exported hall names what is kept and is the same again; what is not kept is refused', async () => {
    const { output } = await ask({ command: 'export' })
    expect(output).toMatch(/picture: kept:[0-9a-f]{64}/)
    expect(await ask({ command: 'diff', file: 'out.yaml', text: output })).toMatchObject({
      output: 'nothing would change',
    })
    expect(await apply(withPicture(`kept:${'0'.repeat(64)}`))).toMatchObject({
      code: 1,
      output: expect.stringContaining('there is no picture kept:'),
    })
    const path = (await display.get(`/sites/${SITE}`)).body.notices[0].picture
    // A notice that goes takes its picture with it, though an earlier revision can bring it back.
    expect(await apply(demo)).toMatchObject({ code: 0 })
    expect((await display.get(`/sites/${SITE}/pictures/${path}`)).status).toBe(404)
    expect(await ask({ command: 'revert' })).toMatchObject({ code: 0 })
    expect((await display.get(`/sites/${SITE}/pictures/${path}`)).status).toBe(200)
  })
})
