import { randomUUID } from 'node:crypto'
import type { Change } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { Leg } from '#domain/leg.ts'
import type { Site, Situation } from '#domain/site.ts'
import { execute, executeCall } from '#line/execute.ts'
import type { Hall } from '#line/hall.ts'
import type { Author, Committed } from '#store/commit.ts'
import { insertSite } from '#store/sites.ts'

/** Everything by a supervisor, who may operate any counter. */
export const SUPERVISOR: decide.Actor = { staffId: 'boss', supervises: true }

export function newAuthor(): Author {
  const key = randomUUID()
  return { principal: 'staff:boss', key, digest: key }
}

/** Carries out commands as the server's handlers do, without HTTP, for tests of what lies below. */
export function deskOf(hall: Hall, siteId: string, actor = SUPERVISOR) {
  const of = async (carriedOut: Promise<{ committed: Committed }>) => (await carriedOut).committed
  return {
    issue: (
      serviceId: string,
      care = false,
      more: Partial<decide.Wanted> = {},
      author = newAuthor(),
    ): Promise<Committed> => {
      const ticketId = randomUUID()
      return of(
        execute(hall, { siteId }, author, (situation, now) => {
          const ticket = { id: ticketId, codeHash: ticketId, language: 'zh-CN', private: null } as const
          const credit = care ? situation.site.careCredit : 0
          return decide.issue(situation, { serviceId, credit, ticket, ...more }, now)
        }),
      )
    },
    /** A ticket that kiosk K1 issued by itself at `at`, ms; of a visit that was issued before under `key`, where one is given. */
    bring: (number: string, serviceId: string, at: number, key?: string): Promise<Committed> => {
      const author = newAuthor()
      const ticketId = randomUUID()
      return of(
        execute(hall, { siteId, kiosk: 'K1' }, { ...author, key: key ?? author.key }, (situation, now) => {
          const ticket = { id: ticketId, codeHash: ticketId, language: 'zh-CN', private: null } as const
          const visit = { services: [serviceId], order: 'sequence', credit: 0, ticket } as const
          return decide.issueOffline(situation, { kiosk: 'K1', number, at, ...visit }, now)
        }),
      )
    },
    counter: (counterId: string, decision: typeof decide.openCounter): Promise<Committed> =>
      of(execute(hall, { counterId }, newAuthor(), (situation) => decision(situation, actor))),
    /** Resolves when the line, too, is in order behind the call. */
    callNext: async (counterId: string): Promise<Committed> => {
      const { committed } = await executeCall(hall, siteId, counterId, newAuthor(), (situation, now) =>
        decide.callNext(situation, actor, now),
      )
      await hall.line.settled()
      return committed
    },
    /**
     * `counterId`: where it is called, if not at the leg's own counter. `paper`: when it was called there on paper, ms.
     * `staffId`: a person the command names.
     */
    ticket: (
      ticketId: string,
      decision: (situation: Situation, actor: decide.Actor, now: number) => Change,
      counterId?: string,
      more: { paper?: { from: number; to: number }; staffId?: string } = {},
    ): Promise<Committed> => {
      const about = { ticketId, ...(counterId !== undefined && { counterId }), ...more }
      return of(execute(hall, about, newAuthor(), (situation, now) => decision(situation, actor, now)))
    },
    /** On everybody who is inside. */
    site: (decision: (situation: Situation, now: number) => Change): Promise<Committed> =>
      of(execute(hall, { siteId, inside: true }, newAuthor(), decision)),
    askHelp: (kiosk: string): Promise<Committed> =>
      of(execute(hall, { siteId }, newAuthor(), () => decide.askHelp(kiosk))),
    /** `counterId`: where whoever goes sits. */
    help: (
      helpId: string,
      decision: (situation: Situation, actor: decide.Actor, now: number) => Change,
      counterId?: string,
    ): Promise<Committed> => {
      const about = { helpId, ...(counterId !== undefined && { counterId }) }
      return of(execute(hall, about, newAuthor(), (situation, now) => decision(situation, actor, now)))
    },
    undo: (counterId: string): Promise<Committed> =>
      of(
        execute(hall, { counterId, undo: true }, newAuthor(), (situation, now) =>
          decide.undo(situation, actor, now),
        ),
      ),
    expire: (ticketId: string): Promise<Committed> =>
      of(execute(hall, { ticketId }, newAuthor(), decide.expireCall)),
  }
}

/** The leg a command was about. */
export function legOf({ leg }: Committed): Leg {
  if (!leg) throw new Error('the command was about no leg')
  return leg
}

/** Writes a site with ids of its own, so that many fit in one database: counters are `SITE-c1` and so on. */
export async function addSite(hall: Hall, site: Omit<Site, 'revision'>): Promise<void> {
  await hall.database.transaction((query) => insertSite(query, site))
}
