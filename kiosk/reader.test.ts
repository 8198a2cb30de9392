import { expect, test } from 'vitest'
import { createReader, LOUDEST, type Voice } from './reader.ts'
import type { Phrase } from './spoken.ts'

const TITLE: Phrase = ['您要办理什么业务？']
const TILE: Phrase = ['出生登记', '前面 3 人']
const REST: Phrase = ['其余的内容请看屏幕']

/** A voice that says a phrase when the test lets it. */
function slowVoice(cannot: readonly Phrase[] = []) {
  const said: { phrase: Phrase; volume: number }[] = []
  let end = (): void => {}
  const voice: Voice = {
    say(phrase, _, volume) {
      said.push({ phrase, volume })
      return new Promise((resolve) => {
        end = () => resolve(!cannot.includes(phrase))
      })
    },
    stop: () => end(),
  }
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve))
  const next = async (): Promise<void> => {
    end()
    await settle()
  }
  return { said, voice, next, settle }
}

function readerOf(spoken: ReturnType<typeof slowVoice>, screen = [TITLE, TILE]) {
  return createReader({
    screen: () => screen,
    nameOf: () => TILE,
    voice: async () => spoken.voice,
    language: () => 'zh-CN',
    rest: () => REST,
  })
}

test('[READ1] says the phrases of the screen one after another, then is quiet', async () => {
  const spoken = slowVoice()
  const reader = readerOf(spoken)
  expect(reader.state.value).toBe('off')
  reader.read()
  await spoken.settle()
  expect(spoken.said.map(({ phrase }) => phrase)).toEqual([TITLE])
  await spoken.next()
  expect(spoken.said.map(({ phrase }) => phrase)).toEqual([TITLE, TILE])
  expect(reader.state.value).toBe('reading')
  await spoken.next()
  expect(reader.state.value).toBe('quiet')
  expect(reader.partly.value).toBe(false)
})

test('[READ2] stops, begins again, and a new reading ends the one before', async () => {
  const spoken = slowVoice()
  const reader = readerOf(spoken)
  reader.read()
  await spoken.settle()
  reader.stop()
  await spoken.settle()
  expect(reader.state.value).toBe('quiet')
  expect(spoken.said).toHaveLength(1)
  reader.read()
  await spoken.settle()
  reader.name({} as Element)
  await spoken.settle()
  expect(spoken.said.map(({ phrase }) => phrase)).toEqual([TITLE, TITLE, TILE])
  await spoken.next()
  expect(spoken.said).toHaveLength(3)
})

test('[READ2] is louder and softer in steps, from the next phrase on', async () => {
  const spoken = slowVoice()
  const reader = readerOf(spoken)
  for (let n = 0; n < 9; n++) reader.louder()
  expect(reader.volume.value).toBe(LOUDEST)
  reader.read()
  await spoken.settle()
  for (let n = 0; n < 9; n++) reader.softer()
  expect(reader.volume.value).toBe(1)
  await spoken.next()
  expect(spoken.said.map(({ volume }) => volume)).toEqual([1, 1 / LOUDEST])
})

test('[READ4] what the voice cannot say is shown, and said last', async () => {
  const spoken = slowVoice([TILE])
  const reader = readerOf(spoken)
  reader.read()
  await spoken.settle()
  await spoken.next()
  await spoken.next()
  expect(reader.partly.value).toBe(true)
  expect(spoken.said.at(-1)?.phrase).toBe(REST)
})

test('[KIOSK2] speech, volume and whether somebody listens are forgotten', async () => {
  const spoken = slowVoice([TITLE])
  const reader = readerOf(spoken)
  reader.read()
  await spoken.settle()
  reader.softer()
  const { volume } = readerOf(slowVoice())
  reader.forget()
  await spoken.settle()
  expect(spoken.said).toHaveLength(1)
  expect([reader.state.value, reader.partly.value, reader.volume.value]).toEqual(['off', false, volume.value])
})

test('[READ1] a voice that fails silences nothing after it', async () => {
  let times = 0
  const voice: Voice = { say: async () => Promise.reject(new Error(`${times++}`)), stop: () => {} }
  const reader = createReader({
    screen: () => [TITLE, TILE],
    nameOf: () => TILE,
    voice: async () => voice,
    language: () => 'en',
    rest: () => REST,
  })
  reader.read()
  await new Promise((resolve) => setTimeout(resolve))
  expect(times).toBe(3)
  expect(reader.state.value).toBe('quiet')
})
