import { type ReadonlySignal, signal } from '@preact/signals'
import type { IssueRequest, IssueResponse, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Action, ApiError } from '#ui/api.ts'

export type Service = SiteView['services'][number]
export type CareNeed = NonNullable<NonNullable<IssueRequest['care']>['need']>

/** Where one resident is between touching the screen and walking away with a number. */
export type Visit =
  | { at: 'home' }
  | { at: 'care'; service: Service }
  | { at: 'need'; service: Service }
  | { at: 'issuing'; service: Service }
  | { at: 'failed'; service: Service; error: ErrorKey; again: () => void }
  | { at: 'ticket'; service: Service; issued: IssueResponse }

export interface VisitParts {
  issue: (request: IssueRequest, action: Action) => Promise<IssueResponse>
  newKey: () => string
  language: () => 'zh-CN' | 'en'
}

export interface VisitSteps {
  visit: ReadonlySignal<Visit>
  choose: (service: Service) => void
  /** Care is wanted: on to the question why, which may be left out. */
  wantCare: () => void
  /** The number, please. Without `care` none is wanted. */
  take: (care?: IssueRequest['care']) => void
  back: () => void
  /** Clears everything this resident said. */
  finish: () => void
}

/**
 * One visit after another. A visit has one idempotency key from the first touch to the last, so however often a
 * finger or the network repeats itself, it issues one ticket. [KIOSK1]
 */
export function createVisit({ issue, newKey, language }: VisitParts): VisitSteps {
  const visit = signal<Visit>({ at: 'home' })
  let key = ''

  async function send(service: Service, request: IssueRequest, sent: string): Promise<void> {
    visit.value = { at: 'issuing', service }
    const next = await issue(request, { key: sent }).then(
      (issued): Visit => ({ at: 'ticket', service, issued }),
      (error: unknown): Visit => ({
        at: 'failed',
        service,
        error: error instanceof ApiError ? error.key : 'internal',
        again: () => void send(service, request, sent),
      }),
    )
    // An answer for a resident who has gone is not shown to the next one. [KIOSK2]
    if (key === sent) visit.value = next
  }

  return {
    visit,
    choose(service) {
      if (visit.value.at !== 'home') return
      key = newKey()
      visit.value = { at: 'care', service }
    },
    wantCare() {
      if (visit.value.at === 'care') visit.value = { at: 'need', service: visit.value.service }
    },
    take(care) {
      const now = visit.value
      if (now.at !== 'care' && now.at !== 'need') return
      const request: IssueRequest = { serviceId: now.service.id, language: language() }
      if (care) request.care = care
      void send(now.service, request, key)
    },
    back() {
      const now = visit.value
      if (now.at === 'need') visit.value = { at: 'care', service: now.service }
      else if (now.at === 'care') this.finish()
    },
    finish() {
      key = ''
      visit.value = { at: 'home' }
    },
  }
}
