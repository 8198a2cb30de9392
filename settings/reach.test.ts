import { describe, expect, it } from 'vitest'
import { isAllowedHost, isPublicAddress, leadsOutside, parseAllowedHosts } from './reach.ts'

describe('where a webhook may lead', () => {
  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '223.5.5.5', '2400:3200::1', '2606:4700::1111'])(
    '[HOOK7] %s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ...['127.0.0.1', '127.255.0.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
    ...['169.254.169.254', '100.64.0.1', '100.127.255.255', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      'fc00::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
    ],
    ...['2001:db8::1', '2002:7f00:1::', '2001::1', 'localhost', ''],
  ])('[HOOK7] %s is not', (address) => expect(isPublicAddress(address)).toBe(false))

  it('[HOOK7] what the operator lists may be reached, on the port that is listed', () => {
    const allowed = parseAllowedHosts('sms.local, 10.0.0.7:9000,[fd00::7]:443') ?? []
    const may = (url: string) => isAllowedHost(new URL(url), allowed)
    expect(may('http://SMS.local/any')).toBe(true)
    expect(may('https://sms.local:8443/any')).toBe(true)
    expect(may('http://10.0.0.7:9000/')).toBe(true)
    expect(may('http://10.0.0.7/')).toBe(false)
    expect(may('https://[fd00::7]/')).toBe(true)
    expect(may('http://[fd00::7]/')).toBe(false)
    expect(may('http://evil.sms.local/')).toBe(false)
  })

  it.each(['', 'a,', 'http://a', 'a/b', 'a:port', 'user@a', 'a b'])(
    '[HOOK7] "%s" is no list of hosts',
    (text) => expect(parseAllowedHosts(text)).toBeNull(),
  )

  it('[HOOK7] a name is as good as its addresses; one that is unknown now may be known later', async () => {
    expect(await leadsOutside(new URL('http://localhost/'))).toBe(false)
    expect(await leadsOutside(new URL('http://0x7f.1/'))).toBe(false)
    expect(await leadsOutside(new URL('http://1.1.1.1/'))).toBe(true)
    expect(await leadsOutside(new URL('http://no-such-name.invalid/'))).toBe(true)
  })
})
