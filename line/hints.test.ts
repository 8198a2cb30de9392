import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Hints, redisHints } from './hints.ts'

describe('hints between processes', () => {
  const opened: Hints[] = []
  const open = (database: number) => {
    const hints = redisHints(`${inject('redisUrl')}/${database}`, () => undefined)
    opened.push(hints)
    return hints
  }
  let one: Hints
  let another: Hints
  let apart: Hints

  beforeAll(async () => {
    ;[one, another, apart] = [open(4_001), open(4_001), open(4_002)]
    // A hint that nobody hears yet is lost: say it until all are there.
    for (const pair of [[one, another] as const, [apart, open(4_002)] as const]) await heard(...pair, 'there')
  })
  afterAll(() => Promise.all(opened.map((hints) => hints.close())))

  /** Resolves when `hearer` has heard of that site. */
  async function heard(sayer: Hints, hearer: Hints, siteId: string): Promise<void> {
    const said = new Promise<void>((resolve) => {
      hearer.listen((hint) => hint.siteId === siteId && resolve())
    })
    const again = setInterval(() => sayer.say({ siteId, event: null }), 20)
    await said
    clearInterval(again)
  }

  it('[SYNC8] are heard by the processes of one Redis database, and by no hall of another', async () => {
    const foreign: string[] = []
    apart.listen(({ siteId }) => foreign.push(siteId))
    apart.onRevoked((credential) => foreign.push(credential))
    apart.onRecheck((credential) => foreign.push(credential))
    const revoked = new Promise((resolve) => another.onRevoked(resolve))
    one.revoke('a hash')
    expect(await revoked).toBe('a hash')
    const rechecked = new Promise((resolve) => another.onRecheck(resolve))
    one.recheck('another hash')
    expect(await rechecked).toBe('another hash')
    await heard(one, another, 'nuanan')
    // What came to the other database before its own word has come by now.
    const [, , , beside] = opened
    await heard(beside as Hints, apart, 'own')
    expect(foreign.filter((word) => word !== 'own' && word !== 'there')).toEqual([])
  })
})
