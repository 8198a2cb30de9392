import { expect, test } from 'vitest'
import type { RatingRequest } from '#protocol/api.ts'
import { ApiError } from '#ui/api.ts'
import { createOwnRating } from './own-rating.ts'

function form(refuse?: Error) {
  const sent: RatingRequest[] = []
  const own = createOwnRating(async (rating) => {
    sent.push(rating)
    if (refuse) throw refuse
    return { until: 60_000 }
  })
  return { own, sent, now: () => own.rated.value }
}

test('[RATE9] a touched level is a rating at once', async () => {
  const { own, sent, now } = form()
  await own.choose(4)
  expect(sent).toEqual([{ level: 4, tags: [] }])
  expect(now()).toMatchObject({ at: 'given', until: 60_000 })
})

test('[RATE9] tags and words are added to it; another level has other tags', async () => {
  const { own, sent, now } = form()
  await own.choose(2)
  own.toggle('208')
  own.toggle('213')
  own.toggle('213')
  own.write('  请写清楚 ')
  await own.add()
  expect(sent.at(-1)).toEqual({ level: 2, tags: ['208'], text: '请写清楚' })
  expect(now().at).toBe('added')
  await own.choose(3)
  expect(sent.at(-1)).toEqual({ level: 3, tags: [], text: '请写清楚' })
})

test('[RATE9] words can be added while the level is still on its way', async () => {
  const { own, sent, now } = form()
  const level = own.choose(4)
  expect(now().at).toBe('sending')
  own.write('谢谢')
  const words = own.add()
  expect(now().at).toBe('adding')
  await Promise.all([level, words])
  expect(sent.at(-1)).toEqual({ level: 4, tags: [], text: '谢谢' })
  expect(now().at).toBe('added')
})

test('[RATE9] of two touched one after the other the last stands', async () => {
  const { own, sent, now } = form()
  await Promise.all([own.choose(1), own.choose(5)])
  expect(sent).toEqual([{ level: 5, tags: [] }])
  expect(now()).toMatchObject({ level: 5, at: 'given' })
})

test('[RATE9] a refusal is said, and another touch tries again', async () => {
  const { own, sent, now } = form(new ApiError('too-late-to-rate', 409))
  await own.choose(5)
  expect(now()).toMatchObject({ at: 'refused', error: 'too-late-to-rate', until: null })
  await own.choose(5)
  expect(sent).toHaveLength(2)
})
