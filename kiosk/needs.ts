import type { Accommodation, Skills, Wish } from './wish.ts'

const ACCOMMODATIONS: readonly Accommodation[] = [
  'sign-language',
  'written',
  'wheelchair-counter',
  'companion',
  'with-child',
]

/** What a resident may ask to have prepared: a thing that staff prepare, or a skill of the hall. */
export type Need = { accommodation: Accommodation } | { skill: string }

/** What the kiosk offers: what can be prepared, and the skills that are for none of it. [PREPARE1] */
export function needsOf(skills: Skills): readonly Need[] {
  return [
    ...ACCOMMODATIONS.map((accommodation) => ({ accommodation })),
    ...skills.flatMap(({ id, accommodation }) => (accommodation ? [] : [{ skill: id }])),
  ]
}

export function isNeeded({ accommodations, skill }: Wish, need: Need): boolean {
  return 'skill' in need ? skill === need.skill : accommodations.includes(need.accommodation)
}

/** With the need, or without it. A ticket has one skill, so one that needs another takes the place of the first. [PREPARE1] */
export function withNeed(wish: Wish, need: Need, skills: Skills): Wish {
  const { accommodations, skill } = wish
  const skilled = (each: Accommodation) => skills.some(({ accommodation }) => accommodation === each)
  if ('skill' in need) {
    if (skill === need.skill) return { ...wish, skill: null }
    return { ...wish, skill: need.skill, accommodations: accommodations.filter((each) => !skilled(each)) }
  }
  const { accommodation } = need
  const now = accommodations.includes(accommodation)
    ? accommodations.filter((each) => each !== accommodation)
    : ACCOMMODATIONS.filter((each) => each === accommodation || accommodations.includes(each))
  return { ...wish, accommodations: now, skill: now.some(skilled) ? null : skill }
}

/** Whether whoever serves them must have a skill: then the wait may differ. */
export function needsSkill({ accommodations, skill }: Wish, skills: Skills): boolean {
  return (
    skill !== null ||
    skills.some(({ accommodation }) => accommodation && accommodations.includes(accommodation))
  )
}
