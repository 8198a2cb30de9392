import { describe, expect, it } from 'vitest'
import { Limits } from './limits.ts'
import { type Principal, STRANGER } from './principal.ts'
import { Fault } from './problem.ts'

/** More than anything that is bounded. */
const MANY = 6_001

const person = (id: string): Principal => ({
  ...{ kind: 'staff', id, siteId: 'demo', role: 'staff', counterId: null, initial: false },
})

async function flood(limits: Limits): Promise<void> {
  for (let i = 0; i < MANY; i++) {
    await limits.arrived('10.0.0.1')
    await limits.asked(STRANGER, true, '10.0.0.1')
    await limits.knocked('10.0.0.1')
    await limits.connected('10.0.0.1')
    await limits.spoke('a screen')
  }
}

describe('limits', () => {
  it('[LIMIT5] are off for load tests alone', async () => {
    await expect(flood(new Limits(false))).resolves.toBeUndefined()
    await expect(flood(new Limits(true))).rejects.toMatchObject({ key: 'too-many' })
  })

  it('[LIMIT2] count wrong secrets by their kind and by who is wrong', async () => {
    const limits = new Limits(true)
    const wrong = async () => {
      throw new Fault('wrong-password')
    }
    const right = async () => 'done'
    const change = (principal: Principal, work: () => Promise<string>) =>
      limits.guessing('change-password', principal, '10.0.0.1', work).catch(({ key }: Fault) => key)
    for (let i = 0; i < 60; i++) expect(await change(person('a'), wrong)).toBe('wrong-password')
    expect(await change(person('a'), right)).toBe('too-many')
    expect(await change(person('b'), right)).toBe('done')
    expect(await change(STRANGER, right)).toBe('done')
    expect(await limits.guessing('sign-in', person('a'), '10.0.0.1', right)).toBe('done')
  })
})
