const LONGEST = 100

/**
 * What is wrong with the pattern of a card. Its number is held against the pattern while a resident waits, so what could
 * take for ever is refused: nothing unbounded, no repeated groups, few parts of varying length.
 */
export function patternProblems(pattern: string): string[] {
  if (pattern.length === 0 || pattern.length > LONGEST) return [`must have 1 to ${LONGEST} signs`]
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    return [`is no regular expression: ${(error as Error).message}`]
  }
  // What is escaped, and what stands in a class of characters, is no operator.
  const bare = pattern
    .replace(/\\[pP]\{[^}]*\}|\\[^\dk]|\\0/g, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replaceAll('(?:', '(')
  const problems: string[] = []
  if (/[*+]|\{\d+,\}/.test(bare)) {
    problems.push('must not repeat without end: write {1,20} for + and {0,20} for *')
  }
  if (/\)[?{*+]/.test(bare)) problems.push('must not repeat a group in brackets')
  if (/\\|\(\?/.test(bare)) problems.push('must not refer back or look ahead')
  if ((bare.replaceAll('(?', '').match(/\?|\{\d+,\d+\}/g) ?? []).length > 3) {
    problems.push('must have at most 3 parts of varying length')
  }
  return problems
}
