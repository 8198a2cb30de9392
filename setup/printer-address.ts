import type { PrinterAddress } from '#domain/printer.ts'

/** Where printers listen by custom. */
const PORT = 9100
const ADDRESS = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)(?::(\d{1,5}))?$/i

/** Reads `192.168.1.50`, `printer.hall:9100`, `[fd00::5]:9100` or `browser`; null if it is none of them. */
export function readPrinterAddress(said: unknown): PrinterAddress | null {
  if (said === 'browser') return 'browser'
  const found = typeof said === 'string' ? ADDRESS.exec(said) : null
  if (!found) return null
  const port = Number(found[3] ?? PORT)
  return port >= 1 && port <= 65_535 ? { host: (found[1] ?? '').replace(/^\[|\]$/g, ''), port } : null
}

export function writePrinterAddress(address: PrinterAddress): string {
  if (address === 'browser') return address
  const host = address.host.includes(':') ? `[${address.host}]` : address.host
  return `${host}:${address.port}`
}
