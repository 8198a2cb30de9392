import type { IssueRequest } from '#protocol/api.ts'
import { checksOf } from './bring.ts'
import type { Wish } from './wish.ts'

/** What is asked of the server. Only what was said is in it. */
export function requestOf(
  wish: Wish,
  language: 'zh-CN' | 'en',
  care?: IssueRequest['care'],
  pass?: string,
): IssueRequest {
  const { services, order, skill, accommodations } = wish
  const [first, ...rest] = services
  const materials = checksOf(wish)
  return {
    serviceId: first.id,
    language,
    ...(rest.length > 0 && { more: rest.map(({ id }) => id), order }),
    ...(care && { care }),
    ...(pass !== undefined && { card: { pass } }),
    ...(skill !== null && { skill }),
    ...(accommodations.length > 0 && { accommodations: [...accommodations] }),
    ...(materials.length > 0 && { materials }),
  }
}

/** Whether something is wished of staff of which a kiosk without its server does not keep what and why. [OFFLINE9] */
export function asksOfStaff({ care, skill, accommodations }: IssueRequest): boolean {
  return [care, skill, accommodations].some((said) => said !== undefined)
}
