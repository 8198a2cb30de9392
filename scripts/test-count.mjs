// How many tests passed, from the reports of the two runners. A skipped test proves nothing: it counts as failed.

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ status: string, assertionResults: { status: string }[] }} VitestFile
 * @typedef {{ expected: number, unexpected: number, flaky: number, skipped: number }} PlaywrightStats
 */

/**
 * @param {{ testResults: VitestFile[] } | undefined} report Vitest's JSON report, undefined if it wrote none
 * @param {boolean} ok whether the runner itself ended well
 * @returns {Count}
 */
export function vitestCount(report, ok) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  // A file that cannot even be loaded has failed, though it has no test to say so.
  const unloaded = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return count(passed, tests.length - passed + unloaded, ok)
}

/**
 * @param {{ stats: PlaywrightStats } | undefined} report Playwright's JSON report, undefined if it wrote none
 * @param {boolean} ok whether the runner itself ended well
 * @returns {Count}
 */
export function playwrightCount(report, ok) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {}
  return count(expected, unexpected + flaky + skipped, ok)
}

/**
 * A runner that crashed, or ran nothing, has failed even if no test did.
 * @param {number} passed
 * @param {number} failed
 * @param {boolean} ok
 */
function count(passed, failed, ok) {
  if (failed === 0 && (!ok || passed === 0)) return { passed, failed: 1 }
  return { passed, failed }
}
