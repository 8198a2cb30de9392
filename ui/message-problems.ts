/**
 * What the types cannot see in a screen's words: empty texts, facts asked for in one language only, and text that
 * is not in the language it is filed under. Each app's test expects none. [I18N1]
 */
export function messageProblems(messages: Record<'zh-CN' | 'en', Record<string, string>>): string[] {
  const problems: string[] = []
  const { 'zh-CN': chinese, en: english } = messages
  for (const key of new Set([...Object.keys(chinese), ...Object.keys(english)])) {
    const [zh, en] = [chinese[key] ?? '', english[key] ?? '']
    if (zh.trim() === '') problems.push(`${key}: no Chinese`)
    if (en.trim() === '') problems.push(`${key}: no English`)
    if (factsOf(zh) !== factsOf(en)) problems.push(`${key}: facts differ`)
    if (/[a-z]{2}/i.test(plain(zh)) && !HAN.test(zh)) problems.push(`${key}: Chinese without Chinese`)
    if (HAN.test(en)) problems.push(`${key}: English with Chinese`)
  }
  return problems
}

const HAN = /\p{Script=Han}/u

function factsOf(text: string): string {
  const names = [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name)
  return [...new Set(names)].sort().join(' ')
}

function plain(text: string): string {
  return text.replace(/\{.*?\}/g, '')
}
