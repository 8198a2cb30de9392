import type { Wait } from '#domain/wait.ts'

/**
 * An expected wait in words, the same on every screen and on paper: never a number more exact than the estimate is. [WAIT2]
 * Null means that no counter serves the lane, and the words say so.
 */
export function waitInWords(wait: Wait | null, language: 'zh-CN' | 'en'): string {
  const chinese = language === 'zh-CN'
  if (wait === null) return chinese ? '暂无窗口开放' : 'No counter is open yet'
  const { low, high } = wait
  if (high >= 120) {
    const [from, to] = [halfHours(low), halfHours(high)]
    const hours = from === to ? `${to}` : `${from}–${to}`
    return chinese ? `约 ${hours} 小时` : `about ${hours} hours`
  }
  if (low === 0) return chinese ? `${high} 分钟以内` : `within ${high} min`
  const minutes = low === high ? `${high}` : `${low}–${high}`
  return chinese ? `约 ${minutes} 分钟` : `about ${minutes} min`
}

function halfHours(minutes: number): number {
  return Math.max(Math.round(minutes / 30) / 2, 0.5)
}
