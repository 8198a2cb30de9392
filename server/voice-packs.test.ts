import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packProblems, voicePacks } from './voice-packs.ts'

const builtIn = fileURLToPath(new URL('../display/public/voice', import.meta.url))

describe('voice packs of a hall’s own', () => {
  let folder: string
  let server: Server
  let url: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nuanhao-voice-'))
    cpSync(builtIn, join(folder, 'whole'), { recursive: true })
    cpSync(join(builtIn, 'zh-CN'), join(folder, 'mandarin', 'zh-CN'), { recursive: true })
    rmSync(join(folder, 'mandarin', 'zh-CN', '3.mp3'))
    mkdirSync(join(folder, 'short', 'zh-CN'), { recursive: true })
    writeFileSync(join(folder, 'short', 'zh-CN', 'manifest.json'), '{"clips": {}}')
    mkdirSync(join(folder, 'broken', 'en'), { recursive: true })
    writeFileSync(join(folder, 'broken', 'en', 'manifest.json'), '{"clips"')
    mkdirSync(join(folder, 'empty'))
    writeFileSync(join(folder, 'whole', 'notes.txt'), 'who spoke')
    server = createServer(express().use('/voice', voicePacks(folder)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice`
  })
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  })

  it('[VOICE12] are folders like the built-in one, of which only clips and manifests are served', async () => {
    const status = async (path: string) => (await fetch(`${url}${path}`)).status
    expect(await status('/whole/zh-CN/manifest.json')).toBe(200)
    expect(await status('/whole/zh-CN/3.mp3')).toBe(200)
    expect(await status('/whole/chime.mp3')).toBe(200)
    for (const path of [
      '/whole/notes.txt',
      '/whole/',
      '/',
      '/whole/zh-CN',
      '/other/chime.mp3',
      '/whole/zh-CN/%2e%2e%2fnotes.txt',
    ]) {
      expect(await status(path), path).toBe(404)
    }
  })

  it('[VOICE13] are looked through at the start, and what is missing is said with what to do', () => {
    expect(packProblems(folder, 'whole')).toEqual([])
    expect(packProblems(folder, 'mandarin')).toEqual([
      expect.stringContaining('3.mp3 of the clip 3 is not there'),
    ])
    expect(packProblems(folder, 'short')).toEqual([expect.stringMatching(/has no clip qing, hao,.*, z;/)])
    expect(packProblems(folder, 'broken')).toEqual([expect.stringContaining('cannot be used')])
    expect(packProblems(folder, 'empty')).toEqual([expect.stringContaining('no folder zh-CN or en')])
    expect(packProblems(folder, 'nobody')).toEqual([expect.stringContaining('there is no voice pack')])
    expect(packProblems(undefined, 'whole')).toEqual([expect.stringContaining('VOICE_DIR is not set')])
  })
})
