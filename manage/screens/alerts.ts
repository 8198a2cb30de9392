import type { SiteView } from '#protocol/api.ts'
import type { DeviceItem } from '#protocol/device.ts'
import type { PrinterView } from '#protocol/printing.ts'
import { isOpen } from '#ui/hours.ts'

/** Silence for longer is one, ms: a screen that starts again has come back by then. */
const SILENT_AFTER = 2 * 60_000
/** A clock that is further off is wrong, ms. */
const CLOCK_OFF = 30_000
/** For so long it is worth looking whether a screen in which something went wrong is well, ms. */
const ERROR_COUNTS = 30 * 60_000

/** Something that somebody has to do about a screen or printer. */
export type Alert =
  | { kind: 'silent'; name: string; since: number }
  | { kind: 'printer'; name: string; state: Exclude<PrinterView['state'], 'ready' | 'unknown'> }
  | { kind: 'error'; name: string; error: string; at: number }
  | { kind: 'clock'; name: string; skew: number }
  | { kind: 'old-build'; name: string }

interface Hall {
  devices: readonly DeviceItem[]
  printers: readonly PrinterView[]
  site: Pick<SiteView, 'hours' | 'days' | 'timeZone'>
}

/** What keeps residents from something comes first. */
const ORDER: readonly Alert['kind'][] = ['silent', 'printer', 'error', 'clock', 'old-build']

/**
 * What is to be done about the screens and printers of a hall, worst first. Pure. [HEALTH4]
 *
 * @param now ms
 */
export function alertsOf({ devices, printers, site }: Hall, now: number): Alert[] {
  const open = isOpen(site, now)
  const alerts = [
    ...devices.flatMap((device) => alertsOfScreen(device, open, now)),
    ...printers.flatMap(({ id, state }): Alert[] =>
      state === 'ready' || state === 'unknown' ? [] : [{ kind: 'printer', name: id, state }],
    ),
  ]
  return alerts.sort((one, other) => rank(one) - rank(other))
}

function alertsOfScreen(
  { name, online, seenAt, build, skew, error }: DeviceItem,
  open: boolean,
  now: number,
): Alert[] {
  // Of a screen that says nothing any more, nothing else is known.
  if (!online) {
    const silent = open && seenAt !== null && now - seenAt > SILENT_AFTER
    return silent ? [{ kind: 'silent', name, since: seenAt }] : []
  }
  const alerts: Alert[] = []
  if (error && now - error.at < ERROR_COUNTS)
    alerts.push({ kind: 'error', name, error: error.name, at: error.at })
  if (skew !== null && Math.abs(skew) > CLOCK_OFF) alerts.push({ kind: 'clock', name, skew })
  if (build && !build.latest) alerts.push({ kind: 'old-build', name })
  return alerts
}

/** Paper that still prints is the least of all. */
function rank(alert: Alert): number {
  return alert.kind === 'printer' && alert.state === 'paper-low' ? ORDER.length : ORDER.indexOf(alert.kind)
}
