import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHallCommand } from '#setup/commands.ts'
import { beginAttempt } from '#store/sign-in-attempts.ts'
import { MODES, PASSWORD, startHall, type TestHall } from '#test/harness/hall.ts'
import { purge } from '#worker/purge.ts'

const MINUTE = 60_000

describe.each(MODES)('signing in, %s', (mode) => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await startHall(mode)
  })
  afterAll(() => hall.stop())

  const signIn = (username: string, password: string) =>
    hall.stranger().post('/session', { username, password })
  /** As many sign-ins failed; without the work of looking each password up. */
  const fail = async (username: string, times: number) => {
    const { database, now } = hall.running.parts.hall
    for (let i = 0; i < times; i++) expect(await beginAttempt(database, username, now())).toBe(0)
  }
  const heldFor = async (username: string, password = PASSWORD) => {
    const { status, body, headers } = await signIn(username, password)
    expect([status, body.code]).toEqual([429, 'too-many'])
    expect(body.facts.of).toBe('name')
    expect(headers.get('retry-after')).toBe(String(body.facts.seconds))
    return body.facts.seconds as number
  }

  it('[SIGNIN1] a name whose password is guessed waits, longer each time, and its owner at work notices nothing', async () => {
    const owner = await hall.signIn('counter1')
    await fail('counter1', 8)
    expect((await signIn('counter1', 'not this one')).body.code).toBe('wrong-credentials')
    expect((await signIn('counter1', PASSWORD)).status).toBe(200)
    await fail('counter1', 10)
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      const seconds = await heldFor('counter1')
      expect(seconds).toBeGreaterThan(minutes * 60 - 30)
      expect(seconds).toBeLessThanOrEqual(minutes * 60)
      // Trying meanwhile makes it no longer.
      expect(await heldFor('counter1', 'not this one')).toBeLessThanOrEqual(seconds)
      hall.clock.ahead += minutes * MINUTE
      await fail('counter1', 1)
    }
    expect((await owner.get('/session')).status).toBe(200)
    expect((await signIn('counter2', PASSWORD)).status).toBe(200)
    hall.clock.ahead += 15 * MINUTE
    expect((await signIn('counter1', PASSWORD)).status).toBe(200)
    await fail('counter1', 9)
  })

  it('[SIGNIN1] a name that nobody has is treated alike, and is kept nowhere', async () => {
    const typed = 'a-password-in-the-wrong-field'
    expect((await signIn(typed, PASSWORD)).body.code).toBe('wrong-credentials')
    await fail(typed, 9)
    await heldFor(typed)
    const kept = await hall.running.parts.hall.database.query('select * from nuanhao.sign_in_attempt')
    expect(JSON.stringify(kept)).not.toContain(typed)
  })

  it('[SIGNIN1] [PURGE2] of many at the same time no more get a try, and what is old is forgotten', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => signIn('counter3', 'not this one')))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4)
    hall.clock.ahead += 25 * 60 * MINUTE
    await purge.run(hall.running.parts.hall, hall.running.parts.logger)
    expect(await hall.running.parts.hall.database.query('select * from nuanhao.sign_in_attempt')).toEqual([])
  })

  it('[SIGNIN1] a new password from the operator ends the wait', async () => {
    await fail('counter4', 10)
    await heldFor('counter4')
    const { database, now } = hall.running.parts.hall
    const { output } = await runHallCommand(
      database,
      { command: 'password', username: 'counter4' },
      now(),
      'operator',
    )
    expect((await signIn('counter4', output.trim().split(/\s+/).at(-1) ?? '')).status).toBe(200)
  })
})
