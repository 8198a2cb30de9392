import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The folder of package.json: every command runs there, wherever it was typed. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a command to its end in the root folder, its output shown as it comes.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to this process's environment
 * @returns {boolean} whether it succeeded
 */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status === 0
}

/**
 * Runs a command line tool that node_modules holds.
 * @param {string} script such as `vitest/vitest.mjs`
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to this process's environment
 */
export function runTool(script, args, env = {}) {
  return run(process.execPath, [`node_modules/${script}`, ...args], env)
}
