import { createHash, type Hash } from 'node:crypto'
import { BadBackup, FORMAT, type Header, type Trailer } from './format.ts'

/** What comes out of a backup, in order: its header, then of each table its name and its rows. */
export type Part =
  | { header: Header }
  | { table: string; columns: string[] }
  /** Each a line of JSON. */
  | { rows: string[] }

/** Rows are handed on so many at a time, or when they have so many letters. */
const ROWS = 1_000
const LETTERS = 1_000_000

/**
 * Reads the text of a backup and checks that it is whole: the format, and the count and digest of every table and of all.
 * Whoever acts upon the parts must be able to take it back until the end has come. [BACKUP4]
 *
 * @throws BadBackup
 */
export async function* partsOf(lines: AsyncIterable<string>): AsyncGenerator<Part> {
  const all = createHash('sha256')
  const seen = { tables: 0, rows: 0 }
  let table: { name: string; rows: number; digest: Hash } | null = null
  let header: Header | null = null
  let ended = false
  let waiting: string[] = []
  let letters = 0
  for await (const line of lines) {
    if (ended) throw new BadBackup('it goes on after its end')
    if (line.startsWith('[')) {
      if (!table) throw new BadBackup('it has a row of no table')
      table.rows += 1
      table.digest.update(line).update('\n')
      all.update(line).update('\n')
      waiting.push(line)
      letters += line.length
      if (waiting.length < ROWS && letters < LETTERS) continue
    }
    if (waiting.length > 0) {
      yield { rows: waiting }
      waiting = []
      letters = 0
    }
    if (line.startsWith('[')) continue
    const said = read(line)
    if ('trailer' in said) {
      const expected = { ...seen, sha256: all.digest('hex') }
      if (table || !same(said.trailer, expected)) throw new BadBackup('its counts or digests are wrong')
      ended = true
      continue
    }
    all.update(line).update('\n')
    if ('header' in said) {
      if (header) throw new BadBackup('it has two headers')
      header = checked(said.header)
      yield { header }
    } else if (!header) {
      throw new BadBackup('it has no header')
    } else if ('table' in said) {
      if (table) throw new BadBackup(`${table.name} has no end`)
      table = { name: said.table, rows: 0, digest: createHash('sha256') }
      yield { table: said.table, columns: said.columns }
    } else {
      const expected = table && { end: table.name, rows: table.rows, sha256: table.digest.digest('hex') }
      if (!expected || !same(said, expected) || header.rows[said.end] !== said.rows) {
        throw new BadBackup(`the counts or digest of ${said.end} are wrong`)
      }
      seen.tables += 1
      seen.rows += said.rows
      table = null
    }
  }
  if (!ended) throw new BadBackup('its end is missing')
}

type Said =
  | { header: Header }
  | { table: string; columns: string[] }
  | { end: string; rows: number; sha256: string }
  | { trailer: Trailer }

function read(line: string): Said {
  try {
    return JSON.parse(line)
  } catch {
    throw new BadBackup('it has a line that is none of a backup')
  }
}

function checked(header: Header): Header {
  if (header.format !== FORMAT) {
    throw new BadBackup(
      `it has format ${header.format}, made by version ${header.program}, and this version knows format ${FORMAT}: update the program`,
    )
  }
  return header
}

function same<T extends object>(one: T, other: T): boolean {
  return Object.entries(other).every(([name, value]) => one[name as keyof T] === value)
}
