// What the program is built on: which packages, under which licences, and that nobody can slip another in.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './command.mjs'

/** Licences that a hall may run under without a duty to anybody. MPL-2.0 and CC-BY-4.0 bind only those files themselves. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
])

/** What a package does not say in the usual place, and does say in another. */
const SAID_ELSEWHERE = new Map([['xmlhttprequest-ssl', 'MIT']])

/**
 * @typedef {{ version?: string, license?: string, integrity?: string, resolved?: string, link?: boolean, dev?: boolean,
 *   hasInstallScript?: boolean, dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Locked
 * @typedef {{ packages: Record<string, Locked> }} Lock package-lock.json
 * @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string>,
 *   allowScripts?: Record<string, boolean> }} Manifest package.json
 */

/**
 * What is wrong with the packages, a sentence each. [PACKAGE1] [PACKAGE2]
 *
 * @param {Manifest} manifest
 * @param {Lock} lock
 * @returns {string[]}
 */
export function wrongPackages(manifest, lock) {
  const named = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  const loose = named
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}: ${version} is not one exact version`)
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
  const wrong = locked.flatMap(([path, found]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const licence = found.license ?? SAID_ELSEWHERE.get(name)
    const said = []
    if (found.integrity === undefined) said.push(`${name}: no checksum`)
    if (found.link === true || (found.resolved !== undefined && !found.resolved.startsWith('https://')))
      said.push(`${name}: not from the registry`)
    if (found.hasInstallScript === true && manifest.allowScripts?.[name] === undefined)
      said.push(`${name}: runs a script when it is installed, and allowScripts does not say whether it may`)
    if (found.dev !== true && !isAllowed(licence)) said.push(`${name}: licence ${licence ?? 'unknown'}`)
    return said
  })
  return [...loose, ...wrong]
}

/** @param {string | undefined} licence an SPDX expression of one licence, or of several to choose from */
function isAllowed(licence) {
  if (licence === undefined) return false
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((one) => ALLOWED.has(one))
}

/**
 * Known weaknesses of high severity, where a registry answers that.
 *
 * @returns {string[] | null} a sentence each; null: nobody could be asked
 */
function knownWeaknesses() {
  const npm = process.env.npm_execpath
  const args = ['audit', '--omit=dev', '--json']
  const options = /** @type {const} */ ({ cwd: root, encoding: 'utf8', timeout: 60_000 })
  const { stdout } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, options)
  try {
    const { vulnerabilities } = JSON.parse(stdout)
    if (vulnerabilities === undefined) return null
    return Object.entries(vulnerabilities)
      .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
      .map(([name, { severity }]) => `${name}: a known weakness, ${severity}`)
  } catch {
    return null
  }
}

/** Says what is wrong with the packages. @returns {boolean} whether nothing is */
export function packagesAreSound() {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(root, file), 'utf8'))
  const weak = knownWeaknesses()
  const wrong = [...wrongPackages(read('package.json'), read('package-lock.json')), ...(weak ?? [])]
  for (const sentence of wrong) console.error(`✗ ${sentence}`)
  if (weak === null)
    console.log('Known weaknesses were not looked up: the registry does not answer that here.')
  if (wrong.length === 0) console.log('✓ licences, checksums, versions')
  return wrong.length === 0
}
