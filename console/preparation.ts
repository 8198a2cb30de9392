import type { PreparationResponse, SiteView } from '#protocol/api.ts'
import type { Leg } from './model.ts'

type Material = SiteView['services'][number]['materials'][number]
export type Accommodation = PreparationResponse['accommodations'][number]

/** A material of the ticket's matter, with what was said of it last. */
export interface MaterialRow {
  material: Material
  /** null: nobody has said anything. */
  said: 'here' | 'missing' | null
  by: 'resident' | 'counter' | null
}

/** The materials of the ticket's matter; the counter's word stands over the resident's. [CHECK6] */
export function materialRows(
  { services }: Pick<SiteView, 'services'>,
  { serviceId }: Pick<Leg, 'serviceId'>,
  { materials: checks }: Pick<PreparationResponse, 'materials'>,
): readonly MaterialRow[] {
  const about = checks.filter((check) => check.serviceId === serviceId)
  const last = [...about].sort((a, b) => Number(a.by === 'resident') - Number(b.by === 'resident'))
  return (services.find(({ id }) => id === serviceId)?.materials ?? []).map((material) => {
    const name = material['zh-CN']
    for (const { by, here, missing } of last) {
      if (here.includes(name)) return { material, said: 'here', by }
      if (missing.includes(name)) return { material, said: 'missing', by }
    }
    return { material, said: null, by: null }
  })
}

/** What the counter says when it corrects one: here, or missing if it was here. All else as it was said last. */
export function corrected(rows: readonly MaterialRow[], name: string): Found {
  return foundOf(
    rows.map((row) =>
      row.material['zh-CN'] === name ? { ...row, said: row.said === 'here' ? 'missing' : 'here' } : row,
    ),
  )
}

/** What the counter says when all is there. */
export function allThere(rows: readonly MaterialRow[]): Found {
  return foundOf(rows.map((row) => ({ ...row, said: 'here' })))
}

export interface Found {
  here: string[]
  missing: string[]
}

function foundOf(rows: readonly MaterialRow[]): Found {
  const named = (said: MaterialRow['said']) =>
    rows.filter((row) => row.said === said).map(({ material }) => material['zh-CN'])
  return { here: named('here'), missing: named('missing') }
}

/** Whether something was to be prepared that is kept no longer: the day is over, or it was erased. [PURGE5] */
export function isNotKept(
  { prepare }: Pick<Leg, 'prepare'>,
  { accommodations, contact }: PreparationResponse,
): boolean {
  return prepare && accommodations.length === 0 && contact === undefined
}

/** Whether there is anything to reveal. */
export function hasMasked({ identity, contact, need }: PreparationResponse): boolean {
  return [identity, contact, need].some((one) => one !== undefined)
}

/** With what the server has kept of the counter's word. */
export function withCheck(
  found: PreparationResponse,
  check: PreparationResponse['materials'][number],
): PreparationResponse {
  const others = found.materials.filter(
    ({ serviceId, by }) => serviceId !== check.serviceId || by !== check.by,
  )
  return { ...found, materials: [...others, check] }
}

/** Whoever asks for these may not hear a call. */
const UNHEARD: readonly Accommodation[] = ['sign-language', 'written']

/**
 * Whether calling by voice is not enough for the ticket that is called. [PREPARE4]
 *
 * @param seen the call in which somebody said that the resident was seen
 */
export function notByVoice(
  { skills }: Pick<SiteView, 'skills'>,
  { state, skill, callId }: Pick<Leg, 'state' | 'skill' | 'callId'>,
  accommodations: readonly Accommodation[],
  seen: number | null,
): boolean {
  const needed = skills.find(({ id }) => id === skill)?.accommodation
  const unheard = UNHEARD.some((each) => each === needed || accommodations.includes(each))
  return state === 'called' && unheard && seen !== callId
}
