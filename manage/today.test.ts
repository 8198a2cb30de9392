import { describe, expect, it, vi } from 'vitest'
import type { DayReport } from '#protocol/api.ts'
import { ApiError } from '#ui/api.ts'
import { createToday } from './today.ts'

describe('the figures of today', () => {
  it('[MANAGE1] asked for while an answer is awaited, they are asked for once more after it', async () => {
    const waiting: ((report: DayReport) => void)[] = []
    const report = vi.fn(() => new Promise<DayReport>((answer) => waiting.push(answer)))
    const today = createToday({ report }, 'hall', () => undefined)
    for (let i = 0; i < 5; i++) today.refresh()
    expect(report).toHaveBeenCalledTimes(1)
    waiting[0]?.({ issued: 1 } as DayReport)
    await vi.waitUntil(() => waiting.length === 2)
    waiting[1]?.({ issued: 2 } as DayReport)
    await vi.waitUntil(() => today.report.value?.issued === 2)
    expect(report).toHaveBeenCalledTimes(2)
  })

  it('[MANAGE1] a failure keeps what was known; only an ended session is told', async () => {
    let expired = 0
    const answers = [
      Promise.resolve({ issued: 1 } as DayReport),
      Promise.reject(new ApiError('unavailable', 0)),
      Promise.reject(new ApiError('unauthenticated', 401)),
    ]
    for (const answer of answers) answer.catch(() => undefined)
    let asked = 0
    const report = () => answers[asked++] as Promise<DayReport>
    const today = createToday({ report }, 'hall', () => {
      expired += 1
    })
    today.refresh()
    await vi.waitUntil(() => today.report.value !== null)
    today.refresh()
    await vi.waitUntil(() => asked === 2)
    await Promise.resolve()
    today.refresh()
    await vi.waitUntil(() => expired === 1)
    expect(today.report.value?.issued).toBe(1)
  })
})
