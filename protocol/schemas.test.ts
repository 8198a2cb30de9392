import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ticketCode } from '#store/tokens.ts'
import { calledLeg, counterWith, heldLeg, legWith } from '#test/harness/legs.ts'
import * as schema from './schemas.ts'

describe('what comes in', () => {
  const issue = (body: unknown) => schema.issueRequest.safeParse(body).success

  it('[BAD1] an issue needs a service and may say what a resident wants, nothing else', () => {
    expect(issue({ serviceId: 's1' })).toBe(true)
    expect(issue({ serviceId: 's1', care: {}, accommodations: ['written'], language: 'en' })).toBe(true)
    expect(
      issue({ serviceId: 's1', care: { need: 'pregnant' }, contact: { name: '张三', phone: '138' } }),
    ).toBe(true)
    for (const body of [
      null,
      [],
      'x',
      {},
      { serviceId: '' },
      { serviceId: 'x'.repeat(65) },
      { serviceId: 's1', credit: 1 },
      { serviceId: 's1', care: true },
      { serviceId: 's1', care: { need: 'rich' } },
      { serviceId: 's1', care: { v: 1 } },
      { serviceId: 's1', language: 'fr' },
      { serviceId: 's1', contact: { name: '\u0000' } },
      { serviceId: 's1', contact: { name: ' ' } },
      { serviceId: 's1', contact: { phone: '1'.repeat(31) } },
    ]) {
      expect(issue(body), JSON.stringify(body)).toBe(false)
    }
  })

  it('[KEY1] a key is 8 to 80 letters, digits, - or _', () => {
    const key = (text: string) => schema.idempotencyKey.safeParse(text).success
    expect(key('12345678')).toBe(true)
    expect(key(crypto.randomUUID())).toBe(true)
    expect(key('1234567')).toBe(false)
    expect(key('x'.repeat(81))).toBe(false)
    expect(key('12345678 ')).toBe(false)
  })

  it('[PHONE4] the code of every ticket is one that may be asked for, and nothing longer or shorter', () => {
    const secret = Buffer.alloc(32, 7)
    const ok = (code: string) => schema.codeParams.safeParse({ code }).success
    fc.assert(
      fc.property(fc.uuid(), (ticket) => {
        const code = ticketCode(ticket, secret)
        expect(ok(code)).toBe(true)
        expect(ok(`${code}A`)).toBe(false)
        expect(ok(code.slice(1))).toBe(false)
        expect(ok(code.toLowerCase()) && /[A-Z]/.test(code)).toBe(false)
      }),
    )
  })
})

describe('what goes out', () => {
  it('[PRIVACY1] a payload with a field too many does not pass', () => {
    expect(schema.leg.safeParse(legWith()).success).toBe(true)
    expect(schema.leg.safeParse(calledLeg()).success).toBe(true)
    expect(schema.leg.safeParse(heldLeg()).success).toBe(true)
    expect(schema.leg.safeParse({ ...legWith(), need: 'pregnant' }).success).toBe(false)
    expect(schema.counter.safeParse({ ...counterWith(), name: 'x' }).success).toBe(false)
  })
})
