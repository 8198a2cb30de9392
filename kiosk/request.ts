import type { IssueRequest } from '#protocol/api.ts'
import { checksOf } from './bring.ts'
import type { Wish } from './wish.ts'

/** What is asked of the server. Only what was said is in it. */
export function requestOf(
  wish: Wish,
  language: 'zh-CN' | 'en',
  care?: IssueRequest['care'],
  card?: IssueRequest['card'],
): IssueRequest {
  const { services, order, skill, accommodations } = wish
  const [first, ...rest] = services
  const materials = checksOf(wish)
  return {
    serviceId: first.id,
    language,
    ...(rest.length > 0 && { more: rest.map(({ id }) => id), order }),
    ...(care && { care }),
    ...(card && { card }),
    ...(skill !== null && { skill }),
    ...(accommodations.length > 0 && { accommodations: [...accommodations] }),
    ...(materials.length > 0 && { materials }),
  }
}

/** Whether staff have to do something for it that a kiosk without its server does not keep. [OFFLINE9] */
export function asksOfStaff({ care, card, skill, accommodations }: IssueRequest): boolean {
  return [care?.need, card, skill, accommodations].some((said) => said !== undefined)
}
