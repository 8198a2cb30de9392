// The stages of a check, and how many things each one found right and wrong.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withinBudgets } from './budgets.mjs'
import { root, run, runTool } from './command.mjs'
import { installDependencies } from './dependencies.mjs'
import { packagesAreSound } from './packages.mjs'
import { findOrInstallAll } from './parts.mjs'
import { playwrightCount, vitestCount } from './test-count.mjs'

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ name: string, run: () => Count }} Stage
 */

/** @type {Stage} */
export const dependencies = { name: 'dependencies', run: () => one(installDependencies()) }

/** @type {Stage} */
export const packages = { name: 'packages', run: () => one(packagesAreSound()) }

/** @type {Stage} */
export const parts = {
  name: 'parts',
  run: () => {
    try {
      findOrInstallAll()
      return one(true)
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      return one(false)
    }
  },
}

/** @type {Stage} */
export const lint = {
  name: 'lint',
  // A warning that does not fail is one that nobody reads.
  run: () => one(runTool('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings'])),
}

/** @type {Stage} */
export const types = { name: 'types', run: () => one(runTool('typescript/bin/tsc', [])) }

/** @type {Stage} */
export const build = { name: 'build', run: () => one(run(process.execPath, ['scripts/build.mjs'])) }

/** @type {Stage} */
export const budgets = {
  name: 'budgets of the screens',
  run: () => {
    try {
      return one(withinBudgets(join(root, 'dist')))
    } catch (error) {
      console.error(error)
      return one(false)
    }
  },
}

/** @type {Stage} */
export const unitTests = { name: 'unit tests', run: () => vitest('--project', 'unit') }

/** @type {Stage} */
export const vitestTests = { name: 'unit and contract tests', run: () => vitest() }

/** @type {Stage} */
export const browserTests = {
  name: 'browser tests',
  run: () => {
    const report = freshReport('playwright.json')
    const ok = runTool('@playwright/test/cli.js', ['test'])
    return playwrightCount(readReport(report), ok)
  },
}

/** @param {string[]} args */
function vitest(...args) {
  const report = freshReport('vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const ok = runTool('vitest/vitest.mjs', ['run', ...reporters, ...args])
  return vitestCount(readReport(report), ok)
}

/**
 * Runs every stage, even after one has failed, so that the summary is complete. Its last line is the sum.
 * @param {Stage[]} stages
 */
export function runStages(stages) {
  const counts = stages.map((stage) => {
    console.log(`\n── ${stage.name} ──`)
    const started = performance.now()
    return { name: stage.name, ...stage.run(), seconds: (performance.now() - started) / 1000 }
  })

  console.log('')
  for (const { name, passed, failed, seconds } of counts) {
    const mark = failed ? '✗' : '✓'
    console.log(`${mark} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(1)} s)`)
  }
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed ? 1 : 0
}

/** @param {boolean} ok */
function one(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

/**
 * Where a test runner is to write its report. An old one goes first, so that it is never taken for the new.
 * @param {string} name
 */
function freshReport(name) {
  mkdirSync(join(root, 'test-results'), { recursive: true })
  const path = join(root, 'test-results', name)
  rmSync(path, { force: true })
  return path
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
