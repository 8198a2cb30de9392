import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Refused } from './format.ts'
import { fileFor, keepNewest, writeNew } from './new-file.ts'

const AT = Date.parse('2026-11-28T02:30:05.123Z')

describe('the file of a backup', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-file-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const text = (content: string) => (into: Writable) =>
    new Promise<void>((resolve) => into.end(content, resolve))

  it('[BACKUP5] has its name only once it is whole, for its owner alone', async () => {
    const file = join(folder, 'one.age')
    const size = await writeNew(file, async (into) => {
      expect(existsSync(file)).toBe(false)
      await text('whole')(into)
      expect(existsSync(file)).toBe(false)
    })
    expect([size, readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([5, 'whole', 0o600])
    expect(readdirSync(folder)).toEqual(['one.age'])
  })

  it('[BACKUP5] that did not become whole leaves nothing', async () => {
    const failing = writeNew(join(folder, 'one.age'), async (into) => {
      await text('half')(into)
      throw new Error('the disk is full')
    })
    await expect(failing).rejects.toThrow('the disk is full')
    expect(readdirSync(folder)).toEqual([])
  })

  it('[BACKUP5] is written over nothing, whatever comes meanwhile', async () => {
    const file = join(folder, 'one.age')
    writeFileSync(file, 'mine')
    await expect(writeNew(file, text('other'))).rejects.toThrow(Refused)
    await rm(file)
    const overtaken = writeNew(file, async (into) => {
      await text('other')(into)
      await expect(writeNew(file, text('a third'))).rejects.toThrow('another backup is at work')
      writeFileSync(file, 'mine')
    })
    await expect(overtaken).rejects.toThrow(Refused)
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(readdirSync(folder)).toEqual(['one.age'])
    await expect(writeNew(join(folder, 'no', 'one.age'), text(''))).rejects.toThrow('make the folder first')
  })

  it('[BACKUP5] in a folder is named by the time; so many of them stay, and nothing else is touched', async () => {
    expect(await fileFor(folder, AT)).toEqual({ file: join(folder, 'nuanhao-20261128-023005.age'), folder })
    expect(await fileFor(join(folder, 'one.age'), AT)).toEqual({
      file: join(folder, 'one.age'),
      folder: null,
    })
    const others = ['nuanhao-20200101-000000.age.txt', 'my-nuanhao-20200101-000000.age', 'readme']
    const days = [24, 25, 26, 27].map((day) => `nuanhao-202611${day}-023000.age`)
    const cutOff = 'nuanhao-20261123-023000.age.part'
    const atWork = 'nuanhao-20261128-023000.age.part'
    for (const name of [...others, ...days, cutOff, atWork]) writeFileSync(join(folder, name), '')
    expect(await keepNewest(folder, 2)).toEqual(days.slice(0, 2))
    expect(readdirSync(folder).sort()).toEqual([...others, ...days.slice(2), atWork].sort())
    expect(await keepNewest(folder, 9)).toEqual([])
  })
})
