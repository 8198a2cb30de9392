/** A word in both languages of a sheet. */
export type Both = readonly [zh: string, en: string]

/** A sheet for Excel: UTF-8 with a BOM so that it reads Chinese, RFC 4180, no cell a formula. [REPORT9] */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

export function both(words: Both | string): string {
  return typeof words === 'string' ? words : words[0] === words[1] ? words[0] : `${words[0]} ${words[1]}`
}

/** A cell that a spreadsheet would take for a formula is made text; quotes, commas and lines are quoted. [REPORT9] */
function cell(value: string): string {
  const text = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
