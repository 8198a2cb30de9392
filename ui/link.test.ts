import { expect, test } from 'vitest'
import { STALE_AFTER } from '#protocol/events.ts'
import { type Link, type LinkWord, link, newLink, serverClock } from './link.ts'

/** A server whose clock is an hour ahead of the screen's. */
const AHEAD = 3_600_000
const START = 1_000_000

const after = (...words: LinkWord[]): Link => words.reduce(link, newLink(START))
const beat = (now: number): LinkWord => ({ type: 'heard', now, serverAt: now + AHEAD })
const tick = (now: number): LinkWord => ({ type: 'tick', now })

test('[LINK1] a link begins as connecting, with nothing heard', () => {
  expect(newLink(START)).toMatchObject({ state: 'connecting', lastHeard: null })
  expect(after(tick(START + STALE_AFTER - 1)).state).toBe('connecting')
})

test('[LINK2] any word makes it live, also after it was lost', () => {
  expect(after({ type: 'heard', now: START }).state).toBe('live')
  expect(after(tick(START + STALE_AFTER), beat(START + STALE_AFTER + 1)).state).toBe('live')
})

test('[LINK3] silence of STALE_AFTER is lost, not a millisecond sooner', () => {
  expect(after(beat(START), tick(START + STALE_AFTER - 1)).state).toBe('live')
  expect(after(beat(START), tick(START + STALE_AFTER)).state).toBe('lost')
})

test('[LINK3] a word in between starts the silence anew', () => {
  const words = [beat(START), beat(START + 6_000), tick(START + STALE_AFTER)]
  expect(after(...words).state).toBe('live')
})

test('[LINK3] a server never heard is lost too', () => {
  expect(after(tick(START + STALE_AFTER))).toMatchObject({ state: 'lost', lastHeard: null })
})

test('[LINK3] a screen whose clock was set back does not take the silence for news', () => {
  expect(after(beat(START), tick(START - STALE_AFTER)).state).toBe('lost')
})

test('[LINK4] the clock and the last word are the server’s, whatever the screen’s own clock says', () => {
  const now = after(beat(START))
  expect(now.lastHeard).toBe(START + AHEAD)
  expect(serverClock(now, START + 5)).toBe(START + AHEAD + 5)
})

test('[LINK4] a word that does not tell the time keeps the last known difference', () => {
  expect(after(beat(START), { type: 'heard', now: START + 10 }).lastHeard).toBe(START + AHEAD + 10)
})

test('[LINK4] the last word stays what it was while the link is lost', () => {
  expect(after(beat(START), tick(START + STALE_AFTER)).lastHeard).toBe(START + AHEAD)
})

test('[LINK5] revoked is final', () => {
  expect(after({ type: 'revoked' }, beat(START), tick(START + STALE_AFTER)).state).toBe('revoked')
})
