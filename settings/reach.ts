import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** A host outside that may be reached although its address is not public; on one port, or on any. */
export interface AllowedHost {
  host: string
  port: string | null
}

const HOST = /^(\[[0-9a-f:.]+\]|[^\s:/@?#[\]]+)(?::(\d{1,5}))?$/i

/** Reads `host[:port],…`; null when an entry is not one. */
export function parseAllowedHosts(text: string): AllowedHost[] | null {
  const entries = text.split(',').map((entry) => HOST.exec(entry.trim()))
  const allowed = entries.flatMap((entry) =>
    entry ? [{ host: (entry[1] ?? '').toLowerCase(), port: entry[2] ?? null }] : [],
  )
  return allowed.length === entries.length ? allowed : null
}

/** Whether the operator has said that this host may be reached wherever it is. */
export function isAllowedHost({ hostname, port, protocol }: URL, allowed: readonly AllowedHost[]): boolean {
  const asked = port || (protocol === 'https:' ? '443' : '80')
  return allowed.some((entry) => entry.host === hostname && (entry.port === null || entry.port === asked))
}

/** Addresses that are not of the public internet, after IANA's special-purpose registries. */
const SPECIAL = new BlockList()
for (const range of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]) {
  const [net = '', bits] = range.split('/')
  SPECIAL.addSubnet(net, Number(bits), 'ipv4')
}
// Within 2000::/3: protocol assignments with Teredo, documentation, and 6to4, which carries an IPv4 address.
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  SPECIAL.addSubnet(net, bits, 'ipv6')
}
/** What of IPv6 is routed at all; mapped and translated IPv4 is outside. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address belongs to the public internet: not to this machine, the hall's network or a cloud's inside. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !SPECIAL.check(address, 'ipv4')
  return family === 6 && GLOBAL.check(address, 'ipv6') && !SPECIAL.check(address, 'ipv6')
}

/** The address in a URL that names no host: `[::1]` is `::1`; null of a name. */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) ? bare : null
}

/**
 * Whether a URL leads to a public address, as far as can be said now: a name that does not resolve may some day. Whoever
 * connects checks again. [HOOK7]
 */
export async function leadsOutside(url: URL): Promise<boolean> {
  const literal = literalAddress(url)
  if (literal !== null) return isPublicAddress(literal)
  const found = await lookup(url.hostname, { all: true }).catch(() => [])
  return found.every(({ address }) => isPublicAddress(address))
}

/** Networks of one's own: private use, and this machine. Not those of links alone, where clouds answer with their secrets. */
const OWN = new BlockList()
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['127.0.0.0', 8],
] as const) {
  OWN.addSubnet(net, bits, 'ipv4')
}
OWN.addSubnet('fc00::', 7, 'ipv6')
OWN.addAddress('::1', 'ipv6')

/** Whether an IP address is of the hall's own network or of this machine. */
export function isOwnNetwork(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && OWN.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
