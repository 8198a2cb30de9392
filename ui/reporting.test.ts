import { expect, test } from 'vitest'
import { deviceReport } from '#protocol/schemas.ts'
import { buildOf, kindOf } from './reporting.ts'

test('[HEALTH1] a build is the file its page began with', () => {
  expect(buildOf('http://hall.example/kiosk/assets/index-DrKOi5bx.js')).toBe('index-DrKOi5bx.js')
  expect(buildOf('http://127.0.0.1:5173/kiosk/main.tsx')).toBe('dev')
  expect(buildOf(null)).toBe('dev')
})

test('[HEALTH1] of what went wrong only its kind is said, never what was typed or where', () => {
  class UnknownTicket extends Error {
    override name = 'UnknownTicket 张三 13800001234'
  }
  expect(kindOf(new TypeError('cannot read 13800001234'))).toBe('TypeError')
  expect(kindOf(new UnknownTicket())).toBe('Error')
  expect(kindOf('张三')).toBe('Error')
  expect(kindOf({ name: '张三' })).toBe('Error')
  for (const error of ['TypeError at /phone/#ABC', '张三', '', 'x'.repeat(41)]) {
    expect(deviceReport.safeParse({ clock: 1, build: 'dev', error }).success).toBe(false)
  }
  expect(deviceReport.safeParse({ clock: 1, build: 'dev', error: 'TypeError' }).success).toBe(true)
  expect(deviceReport.safeParse({ clock: 1, build: 'dev', message: 'x' }).success).toBe(false)
})
