import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { followSession } from './follow-session.ts'
import type { LinkState } from './link.ts'

function scene() {
  const live = {
    link: signal<LinkState>('connecting'),
    reasons: signal(0),
    board: signal<StaffBoard | null>(null),
  }
  const site = signal<SiteView | null>({ revision: 3 } as SiteView)
  const said: string[] = []
  const end = followSession(live, {
    site,
    expire: () => said.push('expire'),
    refresh: async () => void said.push('refresh'),
  })
  return { live, site, said, end }
}
const board = (revision: number) => ({ revision }) as StaffBoard

describe('a session and the live board', () => {
  it('[CLOCK4] asks for the settings once with each reason, however the link is', () => {
    const { live, said } = scene()
    live.link.value = 'live'
    live.link.value = 'lost'
    expect(said).toEqual([])
    live.reasons.value += 1
    expect(said).toEqual(['refresh'])
    live.link.value = 'live'
    live.reasons.value += 1
    expect(said).toEqual(['refresh', 'refresh'])
  })

  it('[SYNC1] asks when the board is of another revision than the settings, and not again for the answer', () => {
    const { live, site, said } = scene()
    live.board.value = board(3)
    expect(said).toEqual([])
    live.board.value = board(4)
    expect(said).toEqual(['refresh'])
    site.value = { revision: 4 } as SiteView
    live.board.value = board(4)
    expect(said).toEqual(['refresh'])
  })

  it('[SHIFT2] ends with the server’s word, and nothing more after its own end', () => {
    const { live, said, end } = scene()
    live.link.value = 'revoked'
    expect(said).toEqual(['expire'])
    end()
    live.reasons.value += 1
    live.board.value = board(9)
    expect(said).toEqual(['expire'])
  })
})
