import type { Change } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { HelpCall } from '#domain/help.ts'
import type { Situation } from '#domain/site.ts'
import { execute } from '#line/execute.ts'
import type { AskedHelp } from '#protocol/api.ts'
import { toPublicHelp } from '#protocol/public.ts'
import type { Committed } from '#store/commit.ts'
import type { Parts } from '../parts.ts'
import type { Principal } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'
import { actorOf } from './tickets.ts'

/** POST /sites/:site/help: somebody at this kiosk asks for help. [HELP1] */
export async function ask(
  { params, principal, author }: Asked<{ site: string }>,
  parts: Parts,
): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  const kiosk = kioskOf(principal)
  const { committed } = await execute(parts.hall, { siteId: id }, author, () => decide.askHelp(kiosk))
  return { status: 201, body: asked(committed) }
}

/** POST /help/:call/take-back: by the kiosk that asked. */
export async function takeBack(
  { params, principal, author }: Asked<{ call: string }>,
  { hall }: Parts,
): Promise<Answer> {
  const kiosk = kioskOf(principal)
  const { committed } = await execute(
    hall,
    { helpId: params.call },
    author,
    ofOwnSite(principal, (situation) => decide.takeBackHelp(situation, kiosk)),
  )
  return { status: 200, body: asked(committed) }
}

/** POST /help/:call/answer: a member of staff is going. [HELP3] */
export async function answer(
  { params, principal, author, body }: Asked<{ call: string }, unknown, { counterId?: string }>,
  { hall }: Parts,
): Promise<Answer> {
  const { counterId } = body
  const about = { helpId: params.call, ...(counterId !== undefined && { counterId }) }
  const { committed } = await execute(
    hall,
    about,
    author,
    ofOwnSite(principal, (situation) => decide.answerHelp(situation, actorOf(principal), counterId ?? null)),
  )
  return { status: 200, body: { call: callOf(committed) } }
}

/** POST /help/:call/done */
export async function finish(
  { params, principal, author }: Asked<{ call: string }>,
  { hall }: Parts,
): Promise<Answer> {
  const about = { helpId: params.call }
  const { committed } = await execute(hall, about, author, ofOwnSite(principal, decide.finishHelp))
  return { status: 200, body: { call: callOf(committed) } }
}

/** Another site's call is as unknown as one that does not exist. */
function ofOwnSite(principal: Principal, decision: (situation: Situation) => Change) {
  return (situation: Situation) => {
    if (principal.siteId !== situation.site.id) throw new Fault('unknown-help')
    return decision(situation)
  }
}

function kioskOf(principal: Principal): string {
  if (principal.kind !== 'kiosk') throw new Fault('forbidden')
  return principal.name
}

function callOf({ help }: Committed): HelpCall {
  if (!help) throw new Error('a call for help was committed without one')
  return help
}

function asked(committed: Committed): AskedHelp {
  const call = callOf(committed)
  return { call: { id: call.id, ...toPublicHelp(call) }, seq: committed.seq }
}
