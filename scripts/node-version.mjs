import { readFileSync } from 'node:fs'

/** Ends the process with an instruction unless this Node is new enough for package.json's `engines`. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const wanted = engines.node.replace('>=', '')
  if (isAtLeast(process.versions.node, wanted)) return

  console.error(`Nuanhao needs Node.js ${wanted} or later; this is ${process.versions.node}.`)
  console.error('Install a current version from https://nodejs.org/ and run the same command again.')
  process.exit(1)
}

/**
 * @param {string} actual
 * @param {string} wanted such as `20.19`
 */
function isAtLeast(actual, wanted) {
  const [major = 0, minor = 0] = actual.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}
