// The programs that tests need and npm does not bring: found on this machine, or installed with apt.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { run } from './command.mjs'

/**
 * @typedef {{ find: () => string | undefined, packages: string[], instruction: string }} Part
 *   find: its path, or undefined · packages: Debian's names for it
 */
const parts = /** @satisfies {Record<string, Part>} */ ({
  redis: {
    find: () => onPath('redis-server') ?? onPath('valkey-server'),
    packages: ['redis-server'],
    instruction: 'Install Redis 6.2 or later (or Valkey), with redis-server on the PATH.',
  },
  postgres: {
    find: findPostgres,
    packages: ['postgresql'],
    instruction: 'Install PostgreSQL 14 or later, with initdb and postgres on the PATH.',
  },
  chromium: {
    find: () =>
      onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome') ?? findPlaywrightChromium(),
    packages: ['chromium'],
    instruction: 'Install Chromium or Chrome on the PATH, or run: npx playwright install chromium',
  },
  'Chinese font': {
    find: findChineseFont,
    packages: ['fontconfig', 'fonts-wqy-microhei'],
    instruction: 'Install a Chinese font and fontconfig, for example Noto Sans CJK SC.',
  },
})

/**
 * Finds a part, installing it first where that is possible.
 * @param {keyof typeof parts} name
 * @returns {string} the program; for postgres the folder of its programs; for the font its name
 * @throws with an instruction. A missing part is never a reason to skip a test.
 */
export function findOrInstall(name) {
  const { find, packages, instruction } = parts[name]
  const found = find() ?? (aptInstall(packages) ? find() : undefined)
  if (!found) throw new Error(`The tests need ${name}, which is not on this machine. ${instruction}`)
  return found
}

/** Finds or installs every part, and prints where each is. */
export function findOrInstallAll() {
  for (const name of /** @type {(keyof typeof parts)[]} */ (Object.keys(parts))) {
    console.log(`${name}: ${findOrInstall(name)}`)
  }
}

/** @param {string} program */
function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, program)).find(isExecutable)
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The folder of initdb and postgres. Debian keeps it off the PATH, one for each version. */
function findPostgres() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const initdb = onPath('initdb')
  const folders = [
    ...(initdb ? [dirname(initdb)] : []),
    ...versions.map((version) => join(debian, version, 'bin')),
  ]
  return folders.find((folder) => isExecutable(join(folder, 'initdb')) && postgresVersion(folder) >= 14)
}

/** @param {string} folder */
function postgresVersion(folder) {
  const text = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  return Number(/\d+/.exec(text)?.[0])
}

function findPlaywrightChromium() {
  try {
    const path = createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    // Playwright is not installed, or knows no browser for this system.
    return undefined
  }
}

function findChineseFont() {
  // Other systems bring one; only Linux leaves it out.
  if (process.platform !== 'linux') return `the one of ${process.platform}`
  if (!onPath('fc-list')) return undefined
  const fonts = execFileSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  return fonts.split('\n')[0] || undefined
}

/**
 * @param {string[]} packages
 * @returns {boolean} whether apt installed them
 */
function aptInstall(packages) {
  const asRoot = becomeRoot()
  if (!onPath('apt-get') || !asRoot) return false

  console.log(`Installing ${packages.join(', ')} (apt-get) …`)
  // RUNLEVEL=1 keeps Debian from starting the services: the tests start their own.
  const apt = [
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'RUNLEVEL=1',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=400',
  ]
  const [command = '', ...args] = [...asRoot, ...apt]
  // A list that does not load is no harm if the packages are found all the same.
  run(command, [...args, '-qq', 'update'])
  return run(command, [...args, '-qq', 'install', '-y', '--no-install-recommends', ...packages])
}

/** What to put before a command to run it as root; undefined if this user cannot without a password. */
function becomeRoot() {
  if (process.getuid?.() === 0) return []
  if (!onPath('sudo')) return undefined
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' })
    return ['sudo', '-n']
  } catch {
    return undefined
  }
}
