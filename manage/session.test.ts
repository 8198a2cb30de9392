import { describe, expect, it } from 'vitest'
import type { SessionView, SiteView } from '#protocol/api.ts'
import { actionsOf } from '#server/policy.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { createSession } from './session.ts'

const person = (role: SessionView['role'], siteId: string | null = 'hall') =>
  ({
    accountId: 'a',
    username: 'li',
    name: { 'zh-CN': '', en: '' },
    role,
    may: actionsOf(role),
    siteId,
    counterId: null,
  }) as SessionView

function sessionOf(answers: Partial<Api>) {
  return createSession({ site: async (id: string) => ({ id }) as SiteView, ...answers } as Api)
}

describe('a supervisor’s session', () => {
  it('[MANAGE4] lets in whoever oversees or looks, and nobody whose place is the console', async () => {
    for (const [role, state] of [
      ['supervisor', 'signed-in'],
      ['director', 'signed-in'],
      ['auditor', 'signed-in'],
      ['administrator', 'signed-in'],
      ['staff', 'not-for-you'],
      ['volunteer', 'not-for-you'],
    ] as const) {
      const session = sessionOf({ session: async () => person(role) })
      await session.resume()
      expect(session.state.value).toBe(state)
      expect(session.site.value?.id).toBe(state === 'not-for-you' ? undefined : 'hall')
    }
  })

  it('[MANAGE4] an administrator without a hall is told how to make one', async () => {
    const session = sessionOf({ session: async () => person('administrator', null) })
    await session.resume()
    expect(session.state.value).toBe('no-hall')
  })

  it('[MANAGE4] says why a sign-in failed, but not that nobody was signed in', async () => {
    const session = sessionOf({
      session: async () => Promise.reject(new ApiError('unauthenticated', 401)),
      signIn: async () => Promise.reject(new ApiError('wrong-credentials', 401)),
    })
    await session.resume()
    expect([session.state.value, session.error.value]).toEqual(['signed-out', null])
    await session.signIn('li', 'x')
    expect([session.state.value, session.error.value]).toEqual(['signed-out', 'wrong-credentials'])
  })

  it('[SHIFT3] nobody is signed out on the screen before the server has said so', async () => {
    let answer: () => Promise<void> = () => Promise.reject(new ApiError('unavailable', 0))
    const session = sessionOf({ session: async () => person('supervisor'), signOut: () => answer() })
    await session.resume()
    await session.signOut()
    expect([session.state.value, session.error.value]).toEqual(['signed-in', 'unavailable'])
    answer = async () => undefined
    await session.signOut()
    expect([session.state.value, session.person.value]).toEqual(['signed-out', null])
  })

  it('[MANAGE4] a session that ended by itself says so', async () => {
    let answer = async () => person('supervisor')
    const session = sessionOf({ session: () => answer() })
    await session.resume()
    answer = () => Promise.reject(new ApiError('unauthenticated', 401))
    await session.expire()
    expect([session.state.value, session.error.value]).toEqual(['signed-out', 'unauthenticated'])
  })

  it('[SIGNIN12] one that goes on with another role goes on with what that may', async () => {
    let role: SessionView['role'] = 'supervisor'
    const session = sessionOf({ session: async () => person(role) })
    await session.resume()
    role = 'director'
    await session.refresh()
    expect([session.state.value, session.person.value?.may]).toEqual(['signed-in', actionsOf('director')])
    role = 'administrator'
    await session.expire()
    expect([session.state.value, session.error.value]).toEqual(['signed-in', null])
    expect(session.person.value?.may).toEqual(actionsOf('administrator'))
    role = 'staff'
    await session.refresh()
    expect(session.state.value).toBe('not-for-you')
  })
})
