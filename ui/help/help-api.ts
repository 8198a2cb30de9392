import type { HelpCall } from '#domain/help.ts'
import type { AskedHelp } from '#protocol/api.ts'
import type { Action, Api } from '#ui/api.ts'

/** The endpoints of calls for help, fetched with the screens' parts that need them. They throw `ApiError`, and nothing else. */
export function helpApi({ post }: Pick<Api, 'post'>) {
  const path = (callId: string, verb: string) => `/help/${encodeURIComponent(callId)}/${verb}`
  return {
    /** By a kiosk. */
    ask: (siteId: string, action?: Action) =>
      post<AskedHelp>(`/sites/${encodeURIComponent(siteId)}/help`, {}, action),
    takeBack: (callId: string) => post<AskedHelp>(path(callId, 'take-back'), {}),
    /** By staff: from this counter, or from none. */
    answer: (callId: string, counterId: string | null) =>
      post<{ call: HelpCall }>(path(callId, 'answer'), counterId === null ? {} : { counterId }),
    finish: (callId: string) => post<{ call: HelpCall }>(path(callId, 'done'), {}),
  }
}

export type HelpApi = ReturnType<typeof helpApi>
