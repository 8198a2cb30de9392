import { defineConfig } from '@playwright/test'
import { ZONE } from '#test/e2e/zone.ts'
import { chromium } from '#test/parts/chromium.ts'
import { keepTemporaryFilesInMemory } from '#test/parts/in-memory.ts'

keepTemporaryFilesInMemory()

const { executablePath, args } = chromium()

export default defineConfig({
  testDir: 'test/e2e',
  // Reports lie beside this folder, not inside it: Playwright empties it before each run.
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  // Each has a hall of its own. While one waits for its program, or for a screen to miss it, another goes on.
  workers: process.env.SCREENS === '1' ? 2 : 1,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  // A program that starts beside a test takes time from it.
  expect: { timeout: 20_000 },
  // A spec reads its mode from test.info().project.name, and starts the program in that mode.
  // What journeys are about the screens alone are the same in both; the server behind them is tested in both without them.
  projects: [
    { name: 'embedded' },
    {
      name: 'services',
      testIgnore:
        /(access|checkin|desk|display|endless-wall|help|identity|installed|manage|offline|on-paper|printing|rating|screens|unseen)\.spec\.ts/,
    },
  ],
  use: {
    locale: 'zh-CN',
    timezoneId: ZONE,
    // What never comes fails here, not when the whole test is out of time.
    actionTimeout: 30_000,
    // Screens are installed in the tests of that; elsewhere each page comes from its server.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    // A trace costs every action a fifth more; one test is looked at closely with `--trace on`.
    trace: 'off',
    // Phones reach the hall by a name that is not loopback; here it leads back to this machine.
    launchOptions: { executablePath, args: [...args, '--host-resolver-rules=MAP hall.test 127.0.0.1'] },
  },
})
