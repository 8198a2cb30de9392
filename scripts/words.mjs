// Whether the words of the screens are whole in both languages.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * What is wrong with the words of these folders, each in its words.ts. [WORDS1]
 *
 * @param {string} root
 * @param {string[]} folders
 * @returns {Promise<string[]>}
 */
export async function wordProblems(root, folders) {
  // Only now: whoever imports this file may be about to install it.
  const { tsImport } = await import('tsx/esm/api')
  const load = (/** @type {string} */ file) => tsImport(pathToFileURL(file).href, import.meta.url)
  const { messageProblems } = await load(new URL('../ui/message-problems.ts', import.meta.url).pathname)
  const problems = []
  for (const folder of folders) {
    const file = join(root, folder, 'words.ts')
    if (!existsSync(file)) continue
    const both = Object.values(await load(file)).filter((one) => one?.['zh-CN'] && one.en)
    if (both.length === 0) problems.push(`${folder}/words.ts: no words`)
    for (const problem of both.flatMap(messageProblems)) problems.push(`${folder}/words.ts: ${problem}`)
  }
  return problems
}
