import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Router } from 'express'
import { CLIPS } from '#protocol/voice-pack.ts'
import { askAnew } from './caching.ts'

/** What a pack consists of; a folder may hold anything else beside it, which is nobody's business. */
const OF_A_PACK = /^\/[a-z0-9-]{1,40}\/(chime\.mp3|(zh-CN|en)\/[^/]+\.(json|mp3|m4a|aac|ogg|wav))$/

/** `/voice/PACK/…`: the packs of clips in VOICE_DIR. [VOICE12] */
export function voicePacks(folder: string): Router {
  const router = express.Router()
  router.use((request, response, next) => {
    if (OF_A_PACK.test(request.path)) next()
    else response.status(404).end()
  })
  router.use(
    express.static(folder, { index: false, redirect: false, fallthrough: true, setHeaders: askAnew }),
  )
  router.use((_, response) => void response.status(404).end())
  return router
}

/** What is wrong with a pack, each a sentence for the operator. A language that is not there at all is the built-in one's. */
export function packProblems(folder: string | undefined, pack: string): string[] {
  if (folder === undefined) {
    return [`the hall wants the voice ${pack}, but VOICE_DIR is not set: the built-in voice speaks`]
  }
  const path = join(folder, pack)
  if (!existsSync(path)) return [`there is no voice pack ${path}: the built-in voice speaks`]
  const languages = (Object.keys(CLIPS) as (keyof typeof CLIPS)[]).filter((language) =>
    existsSync(join(path, language)),
  )
  if (languages.length === 0) return [`${path} has no folder zh-CN or en: the built-in voice speaks`]
  return languages.flatMap((language) => manifestProblems(join(path, language), CLIPS[language]))
}

function manifestProblems(path: string, wanted: readonly string[]): string[] {
  let clips: Record<string, { file?: unknown }>
  try {
    clips = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')).clips
    if (typeof clips !== 'object' || clips === null) throw new Error('it needs {"clips": {...}}')
  } catch (error) {
    return [`${join(path, 'manifest.json')} cannot be used: ${(error as Error).message}`]
  }
  const missing = wanted.filter((name) => clips[name] === undefined)
  const lost = Object.entries(clips).filter(
    ([, clip]) => typeof clip?.file !== 'string' || !existsSync(join(path, clip.file)),
  )
  const gaps = missing.length > 0 ? [`${path} has no clip ${missing.join(', ')}`] : []
  const holes = lost.map(([name, { file }]) => `${path}: the file ${file} of the clip ${name} is not there`)
  return [...gaps, ...holes].map(
    (problem) => `${problem}; calls that need it are read by the screen’s own voice, or shown only`,
  )
}
