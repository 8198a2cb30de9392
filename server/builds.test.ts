import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isLatest, latestBuilds } from './builds.ts'

test('[HEALTH4] a build is the latest that is the one of the page this server gives out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nuanhao-builds-'))
  try {
    mkdirSync(join(folder, 'kiosk'))
    writeFileSync(
      join(folder, 'kiosk', 'index.html'),
      '<script type="module" crossorigin src="/kiosk/assets/index-DrKOi5bx.js"></script>',
    )
    const builds = latestBuilds(folder)
    expect([...builds]).toEqual([['kiosk', 'index-DrKOi5bx.js']])
    expect(isLatest(builds, 'kiosk', 'index-DrKOi5bx.js')).toBe(true)
    expect(isLatest(builds, 'kiosk', 'index-AAAAAAAA.js')).toBe(false)
    // A page out of its sources, and a screen that was not built here, are not called old.
    expect(isLatest(builds, 'kiosk', 'dev')).toBe(true)
    expect(isLatest(builds, 'display', 'index-AAAAAAAA.js')).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
