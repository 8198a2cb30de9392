import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './command.mjs'
import { installed } from './installed.mjs'
import { wordProblems } from './words.mjs'

const stamp = join(root, 'dist/.sources')
const shared = ['ui', 'protocol', 'domain', 'scripts/installed.mjs', 'vite.config.ts', 'package-lock.json']

/** The screens: every top-level folder with an index.html. Each is served at `/NAME/` from `dist/NAME/`. */
export function screens() {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'dist' && entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(root, name, 'index.html')))
}

/** Builds the screens if a source has changed since. Ends the process if they do not build. */
export function buildStaleScreens() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources()) return

  console.log('Building the screens …')
  // In a process of its own: Vite sets NODE_ENV and takes memory that the server should not inherit.
  if (!run(process.execPath, ['scripts/build.mjs'])) {
    console.error('The screens did not build: see above.')
    process.exit(1)
  }
}

/**
 * Builds every screen.
 * @param {{ watch?: boolean }} [options] watch: build again at each change, until stopped
 */
export async function buildScreens({ watch = false } = {}) {
  const { build } = await import('vite')
  const names = screens()
  if (names.length === 0) throw new Error('No screens to build: no top-level folder has an index.html.')
  const problems = await wordProblems(root, ['ui', ...names])
  if (problems.length > 0 && !watch) throw new Error(`Words are missing:\n${problems.join('\n')}`)

  // The stamp says that dist/ is whole, so it goes first and comes back last.
  rmSync(stamp, { force: true })
  const hash = hashOfSources()
  for (const name of names) {
    const outDir = join(root, 'dist', name)
    await build({
      configFile: join(root, 'vite.config.ts'),
      root: join(root, name),
      base: `/${name}/`,
      logLevel: watch ? 'info' : 'warn',
      plugins: [installed(name, outDir)],
      build: { outDir, emptyOutDir: true, watch: watch ? {} : null },
    })
  }
  if (watch) return
  writeFileSync(stamp, hash)
  console.log(`Built ${names.map((name) => `dist/${name}/`).join(' ')}`)
}

/** Changes whenever something a screen is made of changes. */
function hashOfSources() {
  const hash = createHash('sha256')
  for (const file of [...screens(), ...shared].flatMap(filesOf)) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/**
 * @param {string} path a file or folder, relative to the root
 * @returns {string[]} its files, in a fixed order, without the tests
 */
function filesOf(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false })
  if (!stats) return []
  if (stats.isDirectory()) {
    const names = readdirSync(join(root, path)).sort()
    return names.flatMap((name) => filesOf(`${path}/${name}`))
  }
  return /\.test\.tsx?$/.test(path) ? [] : [path]
}
