import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { runProgram } from '#test/harness/program.ts'
import { chromium as ownChromium } from '#test/parts/chromium.ts'
import { freePort } from '#test/parts/service.ts'

/** Does `work` in a browser, with a demo hall of its own at `url`; `printed` is what its start said. */
export async function inDemoHall<T>(
  work: (browser: Browser, hall: { url: string; printed: string }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-bench-screens-'))
  const port = await freePort()
  const program = runProgram('server/main.ts', {
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    KEY_FILE: join(folder, 'key'),
    DEMO: '1',
    LOG_LEVEL: 'warn',
  })
  const { executablePath, args } = ownChromium()
  const browser = await chromium.launch({ executablePath, args })
  try {
    await program.printed(/密码 Password/)
    return await work(browser, { url: `http://127.0.0.1:${port}`, printed: program.output() })
  } finally {
    await browser.close()
    program.process.kill('SIGTERM')
    await program.ended
    await rm(folder, { recursive: true, force: true })
  }
}
