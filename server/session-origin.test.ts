import { describe, expect, it } from 'vitest'
import { sessionOrigin } from './session-origin.ts'

describe('[SIGNIN6] from where somebody signed in', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
      'edge',
      'windows',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      'chrome',
      'linux',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'safari',
      'macos',
    ],
    ['Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 'firefox', 'android'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49',
      'wechat',
      'ios',
    ],
    [
      'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1',
      'chrome',
      'harmony',
    ],
    ['curl/8.5.0', 'other', 'other'],
    ['', 'other', 'other'],
  ])('%s is %s on %s', (agent, browser, system) => {
    expect(sessionOrigin(agent, '192.168.1.20')).toEqual({ browser, system, near: true })
  })

  it('is far from outside the hall’s networks, and holds no address', () => {
    expect(sessionOrigin('', '::ffff:10.0.0.7').near).toBe(true)
    expect(sessionOrigin('', 'fe80::1%eth0').near).toBe(true)
    expect(sessionOrigin('', '203.0.113.9')).toEqual({ browser: 'other', system: 'other', near: false })
    expect(sessionOrigin('', '').near).toBe(false)
  })
})
