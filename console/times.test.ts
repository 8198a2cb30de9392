import { describe, expect, test } from 'vitest'
import { CORRECTIONS as DOMAIN_CORRECTIONS } from '#domain/decide.ts'
import type { Desk, Leg } from './model.ts'
import { CORRECTIONS, correctable, correctionOf, draftOf, momentNear, nudged } from './times.ts'

const MINUTE = 60_000
const zone = 'Asia/Shanghai'
const at = (time: string, day = '2026-03-02') => Date.parse(`${day}T${time}+08:00`)

const done = (rest: Partial<Leg> = {}) =>
  ({
    id: 'x',
    ticketId: 't',
    number: 'A001',
    state: 'completed',
    version: 4,
    counterId: 'c1',
    arrivedAt: at('09:00:00'),
    calledAt: at('09:10:30'),
    startedAt: at('09:20:10'),
    endedAt: at('09:40:50'),
    ...rest,
  }) as Leg

describe('times put right', () => {
  test('[CONSOLE21] the reasons are the domain’s', () => {
    expect(CORRECTIONS).toEqual(DOMAIN_CORRECTIONS)
  })

  test('[CONSOLE21] the draft is what is written down, in the hall’s time zone; a start that was skipped is the call', () => {
    expect(draftOf(done(), zone)).toMatchObject({ begun: '09:20', done: '09:40' })
    expect(draftOf(done(), 'Asia/Tokyo')).toMatchObject({ begun: '10:20', done: '10:40' })
    expect(draftOf(done({ startedAt: null }), zone).begun).toBe('09:10')
    expect(draftOf(done({ endedAt: null }), zone).done).toBeNull()
  })

  test('[CONSOLE21] only what differs is said, and nothing when nothing does', () => {
    const draft = draftOf(done(), zone)
    const said = (change: object) => correctionOf({ ...draft, ...change }, 'forgotten', zone)
    expect(said({})).toBeNull()
    expect(said({ done: '09:30' })).toEqual({
      errand: 'correct-times',
      leg: draft.leg,
      reason: 'forgotten',
      endedAt: at('09:30:00'),
    })
    expect(said({ begun: '09:15' })).toMatchObject({ startedAt: at('09:15:00') })
    expect(said({ begun: '09:15' })).not.toHaveProperty('endedAt')
    expect(said({ begun: '', done: '09:30' })).toBeNull()
    expect(said({ begun: '25:00' })).toBeNull()
  })

  test('[CONSOLE21] the minute of the call is a possible beginning, and the minute of the beginning a possible end', () => {
    const draft = draftOf(done(), zone)
    expect(correctionOf({ ...draft, begun: '09:10' }, 'other', zone)).toMatchObject({
      startedAt: at('09:10:30'),
    })
    expect(correctionOf({ ...draft, done: '09:20' }, 'other', zone)).toMatchObject({
      endedAt: at('09:20:10'),
    })
    // Too early stays too early: the server says so.
    expect(correctionOf({ ...draft, begun: '09:09' }, 'other', zone)).toMatchObject({
      startedAt: at('09:09:00'),
    })
  })

  test('[CONSOLE21] a time is read as people write it, and moved by a minute', () => {
    const draft = draftOf(done(), zone)
    for (const time of ['9:30', '0930', '930', '09：30', ' 09:30 ']) {
      expect(correctionOf({ ...draft, done: time }, 'other', zone)).toMatchObject({ endedAt: at('09:30:00') })
    }
    for (const time of ['9', '9:3', '24:00', '0960']) {
      expect(correctionOf({ ...draft, done: time }, 'other', zone)).toBeNull()
    }
    expect(correctionOf({ ...draft, done: '940' }, 'other', zone)).toBeNull()
    expect([nudged('09:59', 1), nudged('0:00', -1), nudged('9', 1)]).toEqual(['10:00', '23:59', '9'])
  })

  test('[CONSOLE21] midnight is no border, and a zone of half hours is told rightly', () => {
    expect(momentNear(at('00:10:00', '2026-03-03'), '23:58', zone, 0)).toBe(at('23:58:00'))
    expect(momentNear(at('23:58:00'), '00:03', zone, 0)).toBe(at('00:03:00', '2026-03-03'))
    expect(momentNear(at('09:00:00'), '06:31', 'Asia/Kolkata', 0)).toBe(at('09:01:00'))
  })
})

describe('whose times', () => {
  const counter = { id: 'c1' } as Desk['counter']
  const idle: Desk = { state: 'idle', counter }

  test('[CONSOLE21] the one being served, then those done here, the latest first', () => {
    const serving = done({ id: 's', state: 'serving', endedAt: null })
    const early = done({ id: 'e', endedAt: at('09:00:00') })
    const elsewhere = done({ id: 'w', counterId: 'c2' })
    const ids = (desk: Desk, ...lists: Leg[][]) =>
      correctable(desk, lists[0] ?? [], lists[1]).map(({ id }) => id)
    expect(ids({ state: 'serving', counter, leg: serving }, [early, done()])).toEqual(['s', 'x', 'e'])
    expect(ids(idle, [early], [done(), elsewhere])).toEqual(['x', 'e'])
    expect(ids(idle)).toEqual([])
  })

  test('[CONSOLE21] ten at most, and of two versions the newer', () => {
    const many = Array.from({ length: 14 }, (_, n) =>
      done({ id: `l${n}`, endedAt: at('09:00:00') + n * MINUTE }),
    )
    expect(correctable(idle, many)).toHaveLength(10)
    expect(correctable(idle, many)[0]?.id).toBe('l13')
    expect(correctable(idle, [done({ version: 4 })], [done({ version: 5 })])[0]?.version).toBe(5)
  })
})
