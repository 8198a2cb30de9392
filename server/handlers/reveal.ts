import type { RevealRequest, RevealResponse } from '#protocol/api.ts'
import { reveal } from '#store/reveal.ts'
import type { Parts } from '../parts.ts'
import type { Answer, Asked } from '../route.ts'
import { atCounter } from './preparation.ts'

/** POST /tickets/:id/reveal: for whoever sits where the ticket is, and nobody else. [REVEAL1] [REVEAL2] [REVEAL3] [REVEAL4] */
export async function revealConfided(
  asked: Asked<{ ticket: string }, unknown, RevealRequest>,
  parts: Parts,
): Promise<Answer> {
  const { body, principal } = asked
  const { reading } = await atCounter(asked, parts, false)
  await parts.limits.revealing(principal)
  const found = await reveal(parts.hall.database, parts.keys, body.what, reading, body.purpose)
  return { status: 200, body: found satisfies RevealResponse }
}
