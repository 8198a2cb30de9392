import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// The linter checks which folder imports which, by the "#folder/" at the start of an import. It cannot tell whether
// "../" leaves a folder, which would go around that.

const root = fileURLToPath(new URL('..', import.meta.url))
const notOurs = ['node_modules', 'dist', 'data', 'docs', 'test-results']

it('finds the sources', () => {
  expect(sources()).toContain(join('test', 'imports.test.ts'))
})

it('no relative import leaves its top-level folder: "#folder/" is the way across', () => {
  const escapes = sources().flatMap((file) =>
    relativeImports(file)
      .filter((path) => topLevel(join(dirname(file), path)) !== topLevel(file))
      .map((path) => `${file} imports ${path}`),
  )
  expect(escapes).toEqual([])
})

it('[START7] a fresh checkout begins with Node alone: no package is asked for before it could be installed', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const first = ['start', 'demo', 'dev', 'test', 'verify'].map((name) => scripts[name].replace(/^node /, ''))
  const begun = [...withImports(first)]
  expect(begun).toEqual(
    expect.arrayContaining(['start', 'screens', 'words'].map((name) => `scripts/${name}.mjs`)),
  )
  const packages = begun.flatMap((file) =>
    importsAtOnce(file)
      .filter((name) => !/^(node:|\.)/.test(name))
      .map((name) => `${file} imports ${name}`),
  )
  expect(packages).toEqual([])
})

/** These files, and what they import before they run. */
function withImports(files: readonly string[], found = new Set<string>()): Set<string> {
  for (const file of files) {
    if (found.has(file)) continue
    found.add(file)
    const own = importsAtOnce(file).filter((name) => name.startsWith('.'))
    withImports(
      own.map((path) => join(dirname(file), path)),
      found,
    )
  }
  return found
}

function importsAtOnce(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^(?:import|export)\s(?:[^'"()=;]*\bfrom\s)?['"]([^'"]+)['"]/gm)].flatMap(
    (match) => match[1] ?? [],
  )
}

/** Every source within a top-level folder, relative to the root. */
function sources(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !notOurs.includes(entry.name))
    .flatMap((entry) =>
      readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(entry.name, file),
      ),
    )
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
}

function relativeImports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const imports = /(?:^import|^export|\bfrom|\bimport\s*\()\s*['"](\.[^'"]*)['"]/gm
  return [...text.matchAll(imports)].flatMap((match) => match[1] ?? [])
}

function topLevel(file: string): string | undefined {
  return normalize(file).split(sep)[0]
}
