import { BlockList, isIP } from 'node:net'

/** This machine, and the networks that stay within a house. Sources: RFC 1122, RFC 1918, RFC 4193. */
const NEAR = new BlockList()
for (const range of ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']) {
  const [net = '', bits] = range.split('/')
  NEAR.addSubnet(net, Number(bits), 'ipv4')
}
NEAR.addAddress('::1', 'ipv6')
NEAR.addSubnet('fc00::', 7, 'ipv6')

/**
 * What is wrong with the address of a service that reads cards; null: nothing. It is on the kiosk's own machine or, by its
 * number, in the hall's network: a name could lead anywhere. [IDENT8]
 */
export function readerProblem(said: string): string | null {
  if (!URL.canParse(said)) return 'must be an address such as http://127.0.0.1:8000/readCard'
  const url = new URL(said)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must begin with http:// or https://'
  if (url.username || url.password || url.hash) return 'must have no name, password or # in it'
  if (!isNear(url)) {
    return 'must be on the kiosk’s own machine (127.0.0.1, localhost) or an IP address of the hall’s network'
  }
  return null
}

/** Whether the service is on the machine of the kiosk itself. */
export function isOwnMachine({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  )
}

function isNear(url: URL): boolean {
  if (isOwnMachine(url)) return true
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(bare)
  return family !== 0 && NEAR.check(bare, family === 4 ? 'ipv4' : 'ipv6')
}
