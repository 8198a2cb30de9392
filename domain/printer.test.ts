import { describe, expect, it } from 'vitest'
import {
  mayPrint,
  OWN_BROWSER,
  type Printer,
  type PrinterState,
  printerForDesk,
  printerOf,
} from './printer.ts'

const printer = (id: string, ...kiosks: string[]): Printer => ({
  id,
  address: { host: '10.0.0.9', port: 9100 },
  paper: 58,
  characters: 'gb18030',
  kiosks,
})

describe('the printer of a kiosk', () => {
  it('[PRINT3] is the one that names it, else the one that names none', () => {
    const printers = [printer('any'), printer('first', 'K1', 'K2'), printer('third', 'K3')]
    expect(printerOf(printers, 'K2')?.id).toBe('first')
    expect(printerOf(printers, 'K3')?.id).toBe('third')
    expect(printerOf(printers, 'K4')?.id).toBe('any')
    expect(printerOf([printer('first', 'K1')], 'K4')).toBeNull()
    expect(printerOf([], 'K1')).toBeNull()
  })

  it('[DESK2] of a desk is the one for the rest that is in no trouble, else the first such, else its own browser', () => {
    const states: Record<string, PrinterState> = { any: 'paper-low', first: 'ready', broken: 'offline' }
    const chosen = (...printers: Printer[]) => printerForDesk(printers, (id) => states[id] ?? 'unknown').id
    const behind: Printer = { ...printer('behind'), address: 'browser' }
    expect(chosen(printer('first', 'K1'), printer('any'))).toBe('any')
    expect(chosen(printer('first', 'K1'), printer('broken'))).toBe('first')
    expect(chosen(printer('unasked', 'K1'))).toBe('unasked')
    expect(chosen(printer('broken'), behind)).toBe(OWN_BROWSER.id)
    expect(chosen()).toBe(OWN_BROWSER.id)
  })

  it('[PRINT9] is not used while it is known to be in trouble', () => {
    expect((['unknown', 'ready', 'paper-low'] as const).map(mayPrint)).toEqual([true, true, true])
    expect((['paper-out', 'cover-open', 'fault', 'offline'] as const).some(mayPrint)).toBe(false)
  })
})
