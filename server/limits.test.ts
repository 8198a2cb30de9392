import { describe, expect, it } from 'vitest'
import { Limits } from './limits.ts'

/** More than anything that is bounded. */
const MANY = 6_001

async function flood(limits: Limits): Promise<void> {
  for (let i = 0; i < MANY; i++) {
    await limits.arrived('10.0.0.1')
    await limits.asked({ kind: 'stranger', id: '' } as never, true, '10.0.0.1')
    await limits.guessed('10.0.0.1')
    await limits.mayGuess('10.0.0.1')
    await limits.connected('10.0.0.1')
    await limits.spoke('a screen')
  }
}

describe('limits', () => {
  it('[LIMIT5] are off for load tests alone', async () => {
    await expect(flood(new Limits(false))).resolves.toBeUndefined()
    await expect(flood(new Limits(true))).rejects.toMatchObject({ key: 'too-many' })
  })
})
