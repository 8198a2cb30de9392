import type { Migration } from '../migrate.ts'
import type { Partition } from './catalogue.ts'

// A backup, unpacked, is text: a line of JSON for each thing, in UTF-8.
//
//   {"header": Header}
//   {"table": "site", "columns": ["id", "settings", …]}         each table after those it points to
//   ["demo", "{…}", …]                                          a row: each value as PostgreSQL writes it as text, or null
//   {"end": "site", "rows": 1, "sha256": "…"}                   of the row lines with their line ends
//   {"trailer": {"tables": 20, "rows": 4711, "sha256": "…"}}    of all lines before
//
// Packed with gzip, then sealed as an age file. So it hangs on no version of PostgreSQL, on neither mode, and whoever has the
// key can read it without this program: age --decrypt -i KEY FILE | gunzip

export const FORMAT = 1

/** What a backup says of itself, first of all. */
export interface Header {
  format: typeof FORMAT
  /** Version of the program that made it. */
  program: string
  mode: 'embedded' | 'services'
  /** ms, by the clock of the machine that made it. */
  takenAt: number
  migrations: Migration[]
  sites: SiteThen[]
  /** How many rows each table has. */
  rows: Record<string, number>
  partitions: Partition[]
  /** The last number each sequence gave. */
  sequences: Record<string, number>
}

/** A hall at the moment of a backup. */
export interface SiteThen {
  id: string
  name: { 'zh-CN': string; en: string }
  /** Number and time of its last event. */
  seq: number
  at: number
}

export interface Trailer {
  tables: number
  rows: number
  sha256: string
}

/**
 * Tables that are not in a backup. Whoever stole one would not be signed in by it even if they could open it, a key of a
 * program that was revoked since does not come back, and a code printed at a start is good for that start.
 */
export const LEFT_OUT: readonly string[] = ['session', 'api_key', 'setup_code']

/** A file that is no whole backup, or that this program or key cannot read; the message says why. Nothing has changed. */
export class BadBackup extends Error {}

/** A backup or a restore that cannot be as things are; the message says what to do. Nothing has changed. */
export class Refused extends Error {}
