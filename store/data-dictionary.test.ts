import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MODES, startHall, type TestHall } from '#test/harness/hall.ts'
import { DATA_DICTIONARY } from './data-dictionary.ts'

describe.each(MODES)('the data dictionary, %s', (mode) => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await startHall(mode)
  })
  afterAll(() => hall.stop())

  it('[DATA1] names every column there is, once, and none that is not', async () => {
    const rows = await hall.running.parts.hall.database.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'nuanhao' and table_name !~ '^audit_[0-9]+$'`,
    )
    const named = DATA_DICTIONARY.flatMap(({ table, columns }) =>
      columns.map((column) => `${table}.${column}`),
    )
    expect(named.toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  })
})

describe('the data dictionary', () => {
  it('[DATA2] seals what residents confide: only their own counter and supervisors read it, and it goes', () => {
    const sealed = DATA_DICTIONARY.filter(
      ({ about, columns }) => about === 'resident' && columns.includes('sealed'),
    )
    expect(sealed.map(({ table }) => table).sort()).toEqual([
      'identity',
      'material_check',
      'note',
      'private_record',
      'rating',
      'suggestion',
    ])
    for (const { table, inside, readers, kept } of sealed) {
      expect(inside?.length, table).toBeGreaterThan(0)
      expect(
        readers.filter((one) => !['counter', 'supervisor'].includes(one)),
        table,
      ).toEqual([])
      expect(['day-over', 'week'], table).toContain(kept)
    }
  })

  it('[DATA3] counts as about residents whatever leads to a visit, so that the page for residents has it', () => {
    const leads = DATA_DICTIONARY.filter(({ columns }) =>
      ['ticket_id', 'leg_id', 'number'].some((one) => columns.includes(one)),
    ).map(({ table }) => table)
    const hidden = DATA_DICTIONARY.filter(
      ({ table, about }) => table !== 'counter' && leads.includes(table) && about !== 'resident',
    )
    expect(leads).toEqual(expect.arrayContaining(['ticket', 'leg', 'private_record', 'rating', 'print_job']))
    expect(hidden).toEqual([])
  })

  it('[DATA3] is in plain words of both languages', () => {
    for (const { table, what, why } of DATA_DICTIONARY) {
      for (const words of [what, why]) {
        expect(words['zh-CN'], table).toMatch(/\p{Script=Han}/u)
        expect(words.en, table).toMatch(/^[\x20-\x7e’]+$/)
      }
    }
  })
})
