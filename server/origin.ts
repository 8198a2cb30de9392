import { BlockList, isIPv6 } from 'node:net'
import type { Principal } from './principal.ts'

/** Addresses of this machine and of networks such as a hall's own. */
const NEAR = new BlockList()
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  NEAR.addSubnet(net, prefix)
}
NEAR.addAddress('::1', 'ipv6')
NEAR.addSubnet('fc00::', 7, 'ipv6')
NEAR.addSubnet('fe80::', 10, 'ipv6')

/**
 * From where somebody asks, as the audit has it: of a screen its name and address, of staff, programs and strangers the address, of a
 * resident's phone no more than whether it is near. [AUDIT3]
 *
 * @param ip as Express gives it
 */
export function originOf(principal: Principal, ip: string | undefined): string {
  const address = plain(ip ?? 'unknown')
  switch (principal.kind) {
    case 'kiosk':
    case 'display':
    case 'pad':
      return `${principal.name}@${address}`
    case 'ticket':
      return isNear(address) ? 'phone:near' : 'phone:far'
    case 'staff':
    case 'api-key':
    case 'stranger':
      return address
  }
}

/** Whether it is of this machine or of a network such as a hall's own. @param ip as Express gives it */
export function isNear(ip: string): boolean {
  const address = plain(ip)
  return NEAR.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/**
 * What floods are counted by: an IPv4 address as it is; of an IPv6 address the first 64 bits, since whoever has one has the rest of them as
 * well (RFC 4291, section 2.5.4).
 *
 * @param ip as Express gives it
 */
export function networkOf(ip: string): string {
  const address = plain(ip)
  if (!isIPv6(address)) return address
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const first = head.split(':')
  const last = tail?.split(':') ?? []
  const between = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...between, ...last].slice(0, 4).join(':')
}

/** Without the marks that IPv6 puts around it. */
function plain(ip: string): string {
  return ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}
