import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { wordProblems } from './words.mjs'

it('[WORDS1] a key that one language lacks is named', async () => {
  const root = mkdtempSync(join(tmpdir(), 'nuanhao-words-'))
  try {
    mkdirSync(join(root, 'kiosk'))
    const words = "export const messages = { 'zh-CN': { call: '叫号', end: '结束' }, en: { call: 'Call' } }"
    writeFileSync(join(root, 'kiosk/words.ts'), words)
    expect(await wordProblems(root, ['kiosk', 'display'])).toEqual(['kiosk/words.ts: end: no English'])
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
