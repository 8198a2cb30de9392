import { expect, it } from 'vitest'
import type { Proof } from './proofs.ts'
import { report } from './report.ts'

const AT = new Date('2026-03-01T00:00:00Z')
const proof = (title: string, count: number, failures: string[] = []): Proof => ({
  title,
  facts: [['walks', count]],
  failures,
})

it('a part that is tried again takes its old place, and the others stand as they were', () => {
  const first = report('', [proof('One', 1), proof('Two', 2)], 7, AT)
  const again = report(first, [proof('One', 3_000, ['parted'])], 8, new Date('2026-03-02T00:00:00Z'))
  const [, one = '', two = ''] = again.split('## ')
  expect(one).toContain('2026-03-02')
  expect(one).toContain('seed 8 · **failed 1 times**')
  expect(one).toContain('| walks | 3,000 |')
  expect(one).toContain('- parted')
  expect(`## ${two}`).toBe(`## ${first.split('## ')[2]}`)
})

it('is the same when written again', () => {
  const page = report('', [proof('One', 1), proof('Two', 2)], 7, AT)
  expect(report(page, [proof('Two', 2)], 7, AT)).toBe(page)
})
