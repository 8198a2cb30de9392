import { describe, expect, it } from 'vitest'
import { networkOf, originOf } from './origin.ts'
import { type Principal, STRANGER } from './principal.ts'

const kiosk: Principal = { kind: 'kiosk', id: 'k', siteId: 'demo', name: 'K1', place: null }
const staff: Principal = {
  kind: 'staff',
  id: 's',
  siteId: 'demo',
  role: 'staff',
  counterId: null,
  initial: false,
}
const resident: Principal = { kind: 'ticket', id: 't', siteId: 'demo' }

describe('from where somebody asks', () => {
  it('[AUDIT3] is the name and address of a screen, and the address of staff and strangers', () => {
    expect(originOf(kiosk, '::ffff:192.168.1.30')).toBe('K1@192.168.1.30')
    expect(originOf(staff, '10.1.2.3')).toBe('10.1.2.3')
    expect(originOf(staff, 'fe80::1%eth0')).toBe('fe80::1')
    expect(originOf(STRANGER, '203.0.113.9')).toBe('203.0.113.9')
    expect(originOf(STRANGER, undefined)).toBe('unknown')
  })

  it.each([
    ['127.0.0.1', 'phone:near'],
    ['::1', 'phone:near'],
    ['192.168.1.77', 'phone:near'],
    ['::ffff:172.31.0.4', 'phone:near'],
    ['fd12::8', 'phone:near'],
    ['172.32.0.4', 'phone:far'],
    ['203.0.113.9', 'phone:far'],
    ['2001:db8::1', 'phone:far'],
    ['nonsense', 'phone:far'],
  ])('[AUDIT3] is nothing of the address of a resident’s phone but whether it is near: %s', (ip, origin) => {
    expect(originOf(resident, ip)).toBe(origin)
  })
})

describe('what floods are counted by', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['2001:db8:1:2:3::', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', ':0:0:0'],
    ['', ''],
  ])('[LIMIT5] is an address, and of IPv6 the half of it that its holder has whole: %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})
