import type { SessionOrigin } from '#protocol/session.ts'
import { isNear } from './origin.ts'

/** Which is asked first matters: most browsers also name those they come from. */
const BROWSER_SIGNS: readonly [RegExp, SessionOrigin['browser']][] = [
  [/MicroMessenger/, 'wechat'],
  [/\bEdg(?:e|A|iOS)?\//, 'edge'],
  [/\b(?:Firefox|FxiOS)\//, 'firefox'],
  [/(?:Chrome|CriOS|Chromium)\//, 'chrome'],
  [/\bSafari\//, 'safari'],
]
const SYSTEM_SIGNS: readonly [RegExp, SessionOrigin['system']][] = [
  [/HarmonyOS|OpenHarmony|ArkWeb/, 'harmony'],
  [/Android/, 'android'],
  [/iPhone|iPad|iPod/, 'ios'],
  [/Windows/, 'windows'],
  [/Mac OS X|Macintosh/, 'macos'],
  [/Linux|X11|CrOS/, 'linux'],
]

/**
 * From where somebody signs in, as it is kept: families only, no version and no address. [SIGNIN6]
 *
 * @param agent as the browser names itself
 * @param address as Express gives it
 */
export function sessionOrigin(agent: string, address: string): SessionOrigin {
  const found = <T>(signs: readonly [RegExp, T][], other: T) =>
    signs.find(([sign]) => sign.test(agent))?.[1] ?? other
  return {
    browser: found(BROWSER_SIGNS, 'other'),
    system: found(SYSTEM_SIGNS, 'other'),
    near: isNear(address),
  }
}
