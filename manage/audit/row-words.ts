import type { AuditItem, AuditResponse, SiteView } from '#protocol/api.ts'
import { localised } from '#ui/i18n.ts'
import { actionOf, reasonOf, refusalOf } from './action-words.ts'
import { t } from './words.ts'

/** Kinds of those who do something. */
export const WHO_KINDS = ['staff', 'device', 'ticket', 'api-key', 'stranger', 'operator', 'chore'] as const

type Actors = AuditResponse['actors']

/** Who did it, by name where there is one. */
export function whoWords(actor: string, actors: Actors): string {
  const name = nameOf(actor, actors)
  if (name !== null) return name
  const [kind, id = ''] = actor.split(/:(.*)/)
  if (kind === 'ticket') return t('who-resident')
  if (kind === 'stranger') return t(id === 'many' ? 'who-many' : 'who-stranger')
  if (kind === 'chore') return t('who-chore', { name: id })
  if (kind === 'operator') return t('who-operator', { name: id })
  if (kind === 'staff') return t('who-gone')
  return actor === 'setup-code' ? t('who-setup') : actor
}

/** On what: a ticket by its number, a counter, a person, screen or program by name; else nothing that anybody would know. */
export function subjectWords(
  row: AuditItem,
  { counters }: Pick<SiteView, 'counters'>,
  actors: Actors,
): string {
  const { number, subject } = row
  if (number !== null) return number
  if (subject === null) return ''
  const counter = counters.find(({ id }) => id === subject)
  if (counter) return t('counter', { number: counter.number })
  return (
    nameOf(`staff:${subject}`, actors) ??
    nameOf(`device:${subject}`, actors) ??
    nameOf(`api-key:${subject}`, actors) ??
    ''
  )
}

/** From where. */
export function originWords(origin: string): string {
  switch (origin) {
    case 'phone:near':
      return t('origin-near')
    case 'phone:far':
      return t('origin-far')
    case 'program':
      return t('origin-program')
    case 'command-line':
      return t('origin-command')
    case 'unknown':
      return t('origin-unknown')
    case 'many':
      return t('who-many')
    default:
      return origin
  }
}

export function actionWords(action: string): string {
  return localised(actionOf(action))
}

export function refusalWords(result: string): string {
  return localised(refusalOf(result))
}

/** Why; of a refusal that came again, how often; of a press at a call pad, for whom. */
export function reasonWords(reason: string, actors: Actors = []): string {
  const [, n] = /^again:(\d+)$/.exec(reason) ?? []
  if (n !== undefined) return t('again', { n })
  if (reason.startsWith('for:staff:')) return t('for', { name: whoWords(reason.slice(4), actors) })
  // What a reveal was for in somebody's own words, which once could be written.
  return reason.startsWith('other: ') ? `“${reason.slice(7)}”` : localised(reasonOf(reason))
}

function nameOf(principal: string, actors: Actors): string | null {
  const actor = actors.find((one) => one.principal === principal)
  return actor ? localised(actor.name) : null
}
