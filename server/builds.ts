import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeviceKind } from '#protocol/device.ts'

/** The built screens. */
export const SCREENS = join(fileURLToPath(new URL('..', import.meta.url)), 'dist')

/** What each kind of screen begins with in the build that this server gives out; a kind is missing that is not built. [HEALTH4] */
export function latestBuilds(folder = SCREENS): Map<DeviceKind, string> {
  const builds = new Map<DeviceKind, string>()
  for (const kind of ['kiosk', 'display', 'pad'] as const) {
    const page = join(folder, kind, 'index.html')
    if (!existsSync(page)) continue
    const [, name] = /<script[^>]* src="[^"]*\/assets\/([^"]+)"/.exec(readFileSync(page, 'utf8')) ?? []
    if (name !== undefined) builds.set(kind, name)
  }
  return builds
}

/** Whether a screen shows what this server gives out, as far as that is known: where nothing was built, nothing is old. */
export function isLatest(builds: ReadonlyMap<DeviceKind, string>, kind: DeviceKind, build: string): boolean {
  const latest = builds.get(kind)
  return build === latest || build === NOT_BUILT || latest === undefined
}

/** What a page calls its build that comes from sources. */
const NOT_BUILT = 'dev'
