import { effect } from '@preact/signals'
import { describe, expect, test, vi } from 'vitest'
import type { SessionView, SiteView } from '#protocol/api.ts'
import { actionsOf } from '#server/policy.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { createShift } from './shift.ts'

const person: SessionView = {
  accountId: 'a',
  username: 'counter1',
  name: { 'zh-CN': '一', en: 'One' },
  role: 'staff',
  may: actionsOf('staff'),
  siteId: 'hall',
  counterId: 'c1',
}
const site = { id: 'hall', revision: 1 } as SiteView

function fakeApi(rest: Partial<Api> = {}): Api {
  return {
    session: async () => person,
    signIn: async () => person,
    signOut: async () => {},
    site: async () => site,
    ...rest,
  } as Api
}

describe('a shift', () => {
  test('[SHIFT1] continues the browser’s session, and asks to sign in when there is none', async () => {
    const known = createShift(fakeApi())
    await known.resume()
    expect(known.state.value).toBe('signed-in')

    const none = new ApiError('unauthenticated', 401)
    const unknown = createShift(fakeApi({ session: () => Promise.reject(none) }))
    await unknown.resume()
    expect(unknown.state.value).toBe('signed-out')
    expect(unknown.error.value).toBeNull()
  })

  test('[SHIFT1] says why a sign-in failed and stays where it was', async () => {
    const refused = new ApiError('wrong-credentials', 401)
    const shift = createShift(fakeApi({ signIn: () => Promise.reject(refused) }))
    await shift.signIn('counter1', 'x')
    expect(shift.error.value).toBe('wrong-credentials')
    expect(shift.person.value).toBeNull()
  })

  test('[SHIFT2] an ended session keeps the person and the place until they sign in again', async () => {
    const shift = createShift(fakeApi())
    await shift.resume()
    shift.expire()
    expect(shift.state.value).toBe('expired')
    expect(shift.person.value).toBe(person)
    expect(shift.site.value).toBe(site)
    await shift.signIn('counter1', 'right')
    expect(shift.state.value).toBe('signed-in')
    expect(shift.sitting.value).toBe(2)
  })

  test('[SHIFT2] what expired the old session does not expire the new one', async () => {
    const shift = createShift(fakeApi())
    await shift.resume()
    const stop = effect(() => shift.expire())
    await shift.signIn('counter1', 'right')
    expect(shift.state.value).toBe('signed-in')
    stop()
  })

  test('[SHIFT1] signing out leaves nothing of the person behind', async () => {
    const shift = createShift(fakeApi())
    await shift.resume()
    await shift.signOut()
    expect(shift.person.value).toBeNull()
    expect(shift.site.value).toBeNull()
    shift.expire()
    expect(shift.state.value).toBe('signed-out')
  })

  test('[SHIFT3] nobody is signed out before the server has said so', async () => {
    const away = new ApiError('unavailable', 0)
    const cut = createShift(fakeApi({ signOut: () => Promise.reject(away) }))
    await cut.resume()
    await cut.signOut()
    expect(cut.state.value).toBe('signed-in')
    expect(cut.person.value).not.toBeNull()
    expect(cut.error.value).toBe('unavailable')

    const gone = createShift(fakeApi({ signOut: () => Promise.reject(new ApiError('unauthenticated', 401)) }))
    await gone.resume()
    await gone.signOut()
    expect(gone.state.value).toBe('signed-out')
    expect(gone.error.value).toBeNull()
  })

  test('[CLOCK4] what a server that has just come back does not say at once is asked for again', async () => {
    vi.useFakeTimers()
    try {
      const answers = [site, new ApiError('unavailable', 0), { ...site, clockHeld: true }]
      const api = fakeApi({
        site: async () => {
          const answer = answers.shift() as SiteView | ApiError
          if (answer instanceof ApiError) throw answer
          return answer
        },
      })
      const shift = createShift(api)
      await shift.resume()
      await shift.refresh()
      expect(shift.site.value).toEqual(site)
      await vi.advanceTimersByTimeAsync(3_000)
      expect(shift.site.value?.clockHeld).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })
})
