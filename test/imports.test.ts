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
