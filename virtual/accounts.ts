import type { Localised } from '#domain/localised.ts'

const PREFIX = 'virtual-'

/** The account of the virtual supervisor, who is asked at the desk. */
export const VIRTUAL_DESK = `${PREFIX}desk`

/** The account of a counter's virtual clerk. */
export function virtualClerk(counterId: string): string {
  return `${PREFIX}at-${counterId}`
}

/** Whether an account belongs to a virtual person. */
export function isVirtual(username: string): boolean {
  return username.startsWith(PREFIX)
}

/** The virtual people of a hall: a supervisor at the desk, and a clerk for each counter who can do what its own staff can. */
export function virtualStaff<Hall extends HallLike>({ site, accounts }: Hall): VirtualAccount[] {
  const desk: VirtualAccount = {
    username: VIRTUAL_DESK,
    name: { 'zh-CN': '练习主管', en: 'Practice supervisor' },
    role: 'supervisor',
    counterId: null,
    skills: [],
  }
  const clerks = site.counters.map(({ id, number }): VirtualAccount => {
    const own = accounts.filter(({ username, counterId }) => counterId === id && !isVirtual(username))
    return {
      username: virtualClerk(id),
      name: { 'zh-CN': `${number} 号窗口练习同事`, en: `Practice colleague of counter ${number}` },
      role: 'staff',
      counterId: id,
      skills: [...new Set(own.flatMap(({ skills }) => skills))],
    }
  })
  return [desk, ...clerks]
}

/** As a hall's file has them. */
interface VirtualAccount {
  username: string
  name: Localised
  role: 'staff' | 'supervisor'
  counterId: string | null
  skills: string[]
}

interface HallLike {
  site: { counters: readonly { id: string; number: string }[] }
  accounts: readonly { username: string; counterId: string | null; skills: readonly string[] }[]
}
