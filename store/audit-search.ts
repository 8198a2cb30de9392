import type { Localised } from '#domain/localised.ts'
import type { AuditKind } from '#protocol/api.ts'
import type { AuditRow } from './audit-chain.ts'
import { ROW } from './audit-verify.ts'
import type { Database } from './database.ts'

/** What kinds of doing there are to search for, as patterns of their names. Whatever is done belongs to one of a site's. [AUDIT9] */
export const KINDS = {
  tickets: ['ticket:%', 'materials:%', 'help:%'],
  confided: ['%:read', 'resident:%', 'identity:%'],
  counters: ['counter:%', 'operate-counter'],
  access: ['session:%', 'device:%', 'api-key:%', 'account:%', 'setup:%'],
  settings: ['site:%', 'settings:%', 'webhook:%', 'purged', 'audit:%'],
  refused: ['%'],
  // What concerns no site: its rows are another chain.
  program: ['%'],
} as const satisfies Record<AuditKind, readonly string[]>

/** Stands for a site where there is none. */
const NO_SITE = ''

/** What to search a site's audit for; what is left out does not matter. */
export interface AuditSearch {
  /** ms, the second not included */
  from: number
  until: number
  /** `staff:ID` and so on, or a kind of them: `staff`. */
  who?: string
  what?: AuditKind
  /** Of a ticket on any day of that time. */
  number?: string
  /** Only rows before this one. */
  before?: number
}

/** A row that was found, with the number of the ticket that it is about. */
export type FoundRow = AuditRow & { number: string | null }

/** The latest rows that fit, latest first. [AUDIT9] */
export async function searchAudit(
  { query }: Pick<Database, 'query'>,
  siteId: string,
  { from, until, who, what, number, before }: AuditSearch,
  limit: number,
): Promise<FoundRow[]> {
  const one = who?.includes(':')
  return query<FoundRow>(
    `select ${ROW}, t.number
       from nuanhao.audit a left join nuanhao.ticket t on t.id = a.subject and t.site_id = a.site_id
      where a.site_id = $1 and a.at >= $2 and a.at < $3
        and ($4::bigint is null or a.n < $4)
        and ($5::text is null or a.actor = $5)
        and ($6::text is null or a.actor like $6)
        and ($7::text[] is null or a.action like any ($7))
        and (not $8::boolean or a.result <> 'done')
        and ($9::text is null or t.number = $9)
      order by a.n desc limit $10`,
    [
      ...[
        what === 'program' ? NO_SITE : siteId,
        from,
        until,
        before ?? null,
        one ? who : null,
        who === undefined || one ? null : `${who}:%`,
      ],
      ...[what ? KINDS[what] : null, what === 'refused', number ?? null, limit],
    ],
  )
}

/** Somebody, a screen or a program that the audit may name. */
export interface Actor {
  /** `staff:ID`, `device:ID`, `api-key:ID` */
  principal: string
  name: Localised
}

/** Everybody of a site, its screens, and the programs with a key. */
export async function actorsOf({ query }: Pick<Database, 'query'>, siteId: string): Promise<Actor[]> {
  return query<Actor>(
    `select 'staff:' || id as principal, name from nuanhao.account where site_id = $1
     union all
     select 'device:' || id, jsonb_build_object('zh-CN', name, 'en', name) from nuanhao.device where site_id = $1
     union all
     select 'api-key:' || id, jsonb_build_object('zh-CN', name, 'en', name) from nuanhao.api_key where site_id = $1
     order by principal desc`,
    [siteId],
  )
}
