import type { LastList, ListRow } from './last-list.ts'

/** Rows on a sheet of A4, as paper-list.css has room for them. */
export const ROWS = 17

/** One sheet of paper. */
export interface Sheet {
  /** null: what this counter calls; else the lane. */
  lane: LastList['lanes'][number] | null
  /** As many as there is room for; null: a row to write in. */
  rows: readonly (ListRow | null)[]
  /** How many rows of its list are on sheets before it. */
  before: number
  page: number
  of: number
}

/**
 * The sheets of a paper list: this counter's, then the hall's lane by lane, each on sheets of its own so that they can be handed
 * out. What is left of the last sheet of each is rows for who comes meanwhile. [PAPER9]
 */
export function sheetsOf({ here, lanes }: LastList): Sheet[] {
  const parts = [{ lane: null, rows: here }, ...lanes.map((lane) => ({ lane, rows: lane.rows }))]
  const sheets = parts.flatMap(({ lane, rows }) =>
    Array.from({ length: Math.floor(rows.length / ROWS) + 1 }, (_, index) => ({
      lane,
      before: index * ROWS,
      rows: Array.from({ length: ROWS }, (_, at) => rows[index * ROWS + at] ?? null),
    })),
  )
  return sheets.map((sheet, index) => ({ ...sheet, page: index + 1, of: sheets.length }))
}
