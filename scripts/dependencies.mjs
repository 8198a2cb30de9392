import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './command.mjs'

/**
 * Runs `npm ci` unless node_modules already holds what package-lock.json asks for.
 * @returns {boolean} whether they are there now; if not, it has said what to do
 */
export function installDependencies() {
  if (dependenciesAreCurrent()) return true

  console.log('Installing dependencies (npm ci) …')
  // Under `npm start` npm names itself here; that also spares us the npm.cmd of Windows.
  const npm = process.env.npm_execpath
  const installed = npm ? run(process.execPath, [npm, 'ci']) : run('npm', ['ci'])
  if (installed) return true

  console.error('npm ci failed: see above. The machine must reach the npm registry the first time it starts;')
  console.error('on a machine without network, copy node_modules/ from one of the same kind.')
  return false
}

/** npm keeps its own record of what it installed, so whichever command installed it, this is right. */
function dependenciesAreCurrent() {
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  if (!wanted || !installed) return false

  return Object.entries(wanted).every(([path, { version, dev, optional, devOptional }]) => {
    const found = installed[path]
    if (path === '') return true
    // Optional packages belong to other platforms; development ones are left out of a production image.
    if (!found) return optional || devOptional || (dev && isProduction())
    return found.version === version
  })
}

function isProduction() {
  return process.env.NODE_ENV === 'production'
}

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}
