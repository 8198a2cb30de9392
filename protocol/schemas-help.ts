import { z } from 'zod'
import { HELP_STATES, type HelpCall } from '#domain/help.ts'
import type { AskedHelp } from './api.ts'
import type { PublicHelp } from './board.ts'

const id = z.string().min(1).max(64)
const ms = z.number().int().describe('milliseconds since the epoch')
const state = z.enum(HELP_STATES)

export const helpParams = z.object({ call: id })
/** `counterId`: the counter from which somebody goes. */
export const answerHelpRequest = z.strictObject({ counterId: id.exactOptional() })

export const publicHelp = z.strictObject({ state, counterId: id.nullable() }) satisfies z.ZodType<PublicHelp>
export const helpCall = z.strictObject({
  id,
  kiosk: z.string(),
  state,
  version: z.number().int(),
  askedAt: ms,
  escalatedAt: ms.nullable(),
  answeredAt: ms.nullable(),
  counterId: id.nullable(),
}) satisfies z.ZodType<HelpCall>
export const helpResponse = z.strictObject({ call: helpCall })
export const askedHelp = z.strictObject({
  call: publicHelp.extend({ id }),
  seq: z.number().int(),
}) satisfies z.ZodType<AskedHelp>
