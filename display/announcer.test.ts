import { describe, expect, it } from 'vitest'
import type { AnnouncerOptions, Call, Player } from './announcer.ts'
import { createAnnouncer } from './announcer.ts'

const call = (id: number, number = `A00${id}`, counter = id): Call => ({ id, number, counter })

/** An announcer with a player that notes what it does; every sound takes a few turns of the event loop. */
function hall(overrides: Partial<AnnouncerOptions> = {}, faults: Partial<Player> = {}) {
  const log: string[] = []
  const captions: (string | null)[] = []
  const unsaid: string[] = []
  const time = { now: 0 }
  let sounding = 0
  let most = 0
  async function sound(what: string) {
    sounding++
    most = Math.max(most, sounding)
    log.push(what)
    for (let turn = 0; turn < 3; turn++) await null
    sounding--
  }
  const player: Player = {
    ready: async () => {},
    load: async () => {},
    play: (clip) => sound(clip),
    pause: async () => {},
    say: (text) => sound(`say ${text}`),
    ...faults,
  }
  const announcer = createAnnouncer({
    player,
    clock: { now: () => time.now },
    settings: () => ({ languages: ['zh-CN'], one: 'yao' }),
    onCaption: (caption) => {
      captions.push(caption)
      log.push(`[${caption ?? ''}]`)
    },
    onUnsaid: ({ number }, reason) => unsaid.push(`${number} ${reason}`),
    ...overrides,
  })
  return {
    announcer,
    log,
    captions,
    unsaid,
    time,
    most: () => most,
    /** The counters called, in the order heard, each once per phrase. */
    numbers: () => log.filter((entry) => entry.startsWith('[请')).map((entry) => entry.slice(3, 7)),
    chimes: () => log.filter((entry) => entry === 'chime').length,
  }
}

/** A promise to be resolved by hand. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('announcer', () => {
  it('[VOICE6] chimes first, then plays the clips in their order', async () => {
    const { announcer, log } = hall()
    announcer.announce(call(1))
    await announcer.idle()
    const phrase = ['qing', 'a', '0', '0', 'yao', 'hao', 'dao', '1', 'hao-chuangkou'].map(
      (name) => `zh-CN/${name}`,
    )
    const caption = '[请 A001 号，到 1 号窗口]'
    expect(log).toEqual(['chime', caption, ...phrase, caption, ...phrase, '[]'])
  })

  it('[VOICE6] says one announcement at a time, in the order of the calls', async () => {
    const { announcer, numbers, chimes, most } = hall({ hurryFrom: 99 })
    announcer.announce(call(1))
    announcer.announce(call(2))
    await null
    announcer.announce(call(3))
    await announcer.idle()
    expect(numbers()).toEqual(['A001', 'A001', 'A002', 'A002', 'A003', 'A003'])
    expect(chimes()).toBe(3)
    expect(most()).toBe(1)
  })

  it('[VOICE6] says the first language once while more calls wait', async () => {
    const { announcer, numbers } = hall({ hurryFrom: 2 })
    for (const id of [1, 2, 3]) announcer.announce(call(id))
    await announcer.idle()
    expect(numbers()).toEqual(['A001', 'A002', 'A002', 'A003', 'A003'])
  })

  it('[VOICE7] a recall of the same ticket chimes and speaks again', async () => {
    const { announcer, chimes, numbers } = hall()
    announcer.announce(call(1, 'A001'))
    await announcer.idle()
    announcer.announce(call(2, 'A001'))
    await announcer.idle()
    expect(chimes()).toBe(2)
    expect(numbers()).toHaveLength(4)
  })

  it('[VOICE7] the same call heard of twice is said once', async () => {
    const { announcer, chimes } = hall()
    announcer.announce(call(1))
    announcer.announce(call(1))
    await announcer.idle()
    announcer.announce(call(1))
    await announcer.idle()
    expect(chimes()).toBe(1)
  })

  it('[VOICE7] a newer call replaces a waiting one of the same ticket, in its place', async () => {
    const { announcer, captions } = hall({ hurryFrom: 0 })
    announcer.announce(call(1, 'A001', 4))
    announcer.announce(call(2, 'B001', 5))
    announcer.announce(call(3, 'A001', 6))
    await announcer.idle()
    expect(captions).toEqual(['请 A001 号，到 6 号窗口', null, '请 B001 号，到 5 号窗口', null])
  })

  it('[VOICE7] a withdrawn call is not said', async () => {
    const { announcer, numbers } = hall({ hurryFrom: 0 })
    announcer.announce(call(1))
    announcer.announce(call(2))
    announcer.withdraw(2)
    await announcer.idle()
    expect(numbers()).toEqual(['A001'])
  })

  it('[VOICE8] keeps a bounded line and leaves the oldest call to the wall', async () => {
    const { announcer, numbers, unsaid } = hall({ capacity: 2, hurryFrom: 0 })
    for (const id of [1, 2, 3, 4]) announcer.announce(call(id))
    expect(announcer.waiting()).toBe(2)
    await announcer.idle()
    expect(numbers()).toEqual(['A003', 'A004'])
    expect(unsaid).toEqual(['A001 full', 'A002 full'])
  })

  it('[VOICE8] waits for a tap, then says only what is still fresh', async () => {
    const tap = gate()
    const { announcer, log, numbers, unsaid, time } = hall(
      { freshForMs: 60_000 },
      { ready: () => tap.opened },
    )
    announcer.announce(call(1))
    time.now = 50_000
    announcer.announce(call(2))
    await null
    expect(log).toEqual([])
    time.now = 70_000
    tap.open()
    await announcer.idle()
    expect(numbers()).toEqual(['A002', 'A002'])
    expect(unsaid).toEqual(['A001 stale'])
  })

  it('[VOICE9] shows the caption of what is being said and clears it at the end', async () => {
    const { announcer, captions } = hall({ settings: () => ({ languages: ['zh-CN', 'en'], one: 'yao' }) })
    announcer.announce(call(2))
    await announcer.idle()
    expect(captions).toEqual([
      '请 A002 号，到 2 号窗口',
      '请 A002 号，到 2 号窗口',
      'Number A002, please go to counter 2',
      null,
    ])
  })

  it('[VOICE10] a phrase with a missing clip is left to the synthesiser, whole', async () => {
    const missing = {
      load: async (clips: readonly string[]) => {
        if (clips.includes('zh-CN/a')) throw new Error('no such clip')
      },
    }
    const { announcer, log } = hall({ hurryFrom: 0 }, missing)
    announcer.announce(call(1))
    await announcer.idle()
    expect(log).toEqual(['chime', '[请 A001 号，到 1 号窗口]', 'say 请 A 零 零 幺 号，到一号窗口', '[]'])
  })

  it('[VOICE10] without clips and voice it chimes and shows the captions long enough to read', async () => {
    const pauses: number[] = []
    const mute: Partial<Player> = {
      load: () => Promise.reject(new Error('offline')),
      say: () => Promise.reject(new Error('no voice')),
      pause: async (ms) => {
        pauses.push(ms)
      },
    }
    const { announcer, log, unsaid } = hall({ hurryFrom: 0 }, mute)
    announcer.announce(call(1))
    await announcer.idle()
    expect(log).toEqual(['chime', '[请 A001 号，到 1 号窗口]', '[]'])
    expect(Math.max(...pauses)).toBeGreaterThanOrEqual(2000)
    expect(unsaid).toEqual(['A001 failed'])
  })

  it('[VOICE10] a clip that fails ends its phrase, never the announcements after it', async () => {
    const played: string[] = []
    const { announcer, numbers, captions } = hall(
      { hurryFrom: 0 },
      {
        play: async (clip) => {
          if (clip === 'zh-CN/1' || clip === 'chime') throw new Error('broken')
          played.push(clip)
        },
      },
    )
    announcer.announce(call(1))
    announcer.announce(call(2))
    await announcer.idle()
    expect(numbers()).toEqual(['A001', 'A002'])
    expect(played.filter((clip) => clip === 'zh-CN/hao-chuangkou')).toHaveLength(1)
    expect(captions[captions.length - 1]).toBeNull()
  })
})
