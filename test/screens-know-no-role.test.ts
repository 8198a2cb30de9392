import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ACTIONS } from '#protocol/actions.ts'
import { actionsOf, EVERYBODY, POLICY } from '#server/policy.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Lines that ask what role somebody has: a field of that name, or a role by name. ARIA has roles of another kind. */
function asksRole(text: string): string[] {
  return text
    .split('\n')
    .filter(
      (line) =>
        /\.role\b|\{[^}]*\brole\b[^}]*\}\s*[:=)]|\bRole\b/.test(line) ||
        /(?:[=!]==? ?|\bcase |includes\(|\[)'(?:volunteer|supervisor|director|auditor|administrator)'/.test(
          line,
        ),
    )
}

describe('screens and the table', () => {
  it('[ROLE5] no screen asks what role somebody has', () => {
    expect(asksRole('mayConfirm={person.role === \'supervisor\'}\n<p role="alert">')).toHaveLength(1)
    expect(asksRole('const { role } = person\nexport function may({ role }: Person) {}')).toHaveLength(2)
    expect(asksRole("const ABOVE = ['supervisor', 'director']")).toHaveLength(1)
    const sources = ['ui', 'kiosk', 'display', 'console', 'phone', 'manage', 'pad'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
        .map((file) => join(folder, file)),
    )
    expect(sources.length).toBeGreaterThan(150)
    const found = sources.flatMap((file) =>
      asksRole(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })

  it('[ROLE5] whoever signs in is told what the table lets them do, and nothing else', () => {
    for (const who of EVERYBODY) {
      for (const action of ACTIONS) {
        expect([who, action, actionsOf(who).includes(action)]).toEqual([
          ...[who, action, POLICY[action].includes(who)],
        ])
      }
    }
  })
})
