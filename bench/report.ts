import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOrInstall } from '#scripts/parts.mjs'
import { met, type Row } from './rows.ts'
import type { Figure } from './statistics.ts'

const FILE = fileURLToPath(new URL('../docs/bench.md', import.meta.url))

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const figureText = ({ rate, p50, p99 }: Figure) =>
  `${rate === null ? '' : `${Math.round(rate).toLocaleString('en')}/s · `}${ms(p50)} / ${ms(p99)}`
const targetText = ({ target }: Row) =>
  target === null ? '—' : 'least' in target ? `≥ ${target.least}` : `≤ ${target.most}`
const verdict = (row: Row) => (row.target === null ? 'for information' : met(row) ? 'met' : 'missed')

const HEAD = ['row', 'mode', 'raw', 'product', 'ratio', 'target', '']
const cells = (row: Row) => [
  row.name,
  row.mode,
  figureText(row.raw),
  figureText(row.product),
  row.ratio.toFixed(2),
  targetText(row),
  verdict(row),
]

/** Prints the rows as a table, with what each request is made of. */
export function printTable(rows: readonly Row[], minutes: number): void {
  const table = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print('')
  for (const line of table) print(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  for (const line of reasons(rows)) print(line)
  print(`\np50 / p99 after the rate; ${minutes.toFixed(1)} minutes.`)
}

/** Writes docs/bench.md. */
export async function writeReport(
  rows: readonly Row[],
  { quick, minutes, seen }: { quick: boolean; minutes: number; seen: readonly string[] },
): Promise<void> {
  const line = (of: readonly string[]) => `| ${of.join(' | ')} |`
  const text = `# Benchmark

Written by \`npm run bench -- --write\`${quick ? ' with `--quick`, so only roughly right' : ''} on \
${new Date().toISOString().slice(0, 10)}, on ${availableParallelism()} cores, in ${minutes.toFixed(0)} minutes. \
${versions()}.

Raw and product run in one go, in turns, and the ratio is the median over the pairs of rounds: so it says more than
either number, which belongs to this machine. Load, product and raw each have a process of their own. Both sides use the
same drivers and keep every commit on disk (embedded: PGlite with fsync; services: PostgreSQL with fsync, Redis with an
append-only file as in docker-compose.yml).

- (a) raw is one row inserted + one prioritized job added, by as many clients at once, without HTTP. Every fifth ticket of
  the product asks for care. One display and one console watch.
- (b) raw is \`getNextJob\` + one row updated + \`moveToCompleted\`. Eight counters call at the same moment; when all have
  been answered all complete, and so on. Only the time from the first call of a wave to its last answer counts, so what
  completing costs is left out on the product's side; latency is from the start of the wave. The product finishes its job
  in the line behind the answer, the raw side within the time measured.
- (c) raw is a bare Socket.io server with the same options and payload: from \`emit\` to the last of as many clients. The
  product is measured from the moment the commit of a recall returned, by one monotonic clock, in turns with the bare one.
- (d) compares the product with itself: one counter calls while 10, 1,000 or 10,000 wait in its lane.

${line(HEAD.map((cell) => cell || 'target met?'))}
${line(HEAD.map(() => '---'))}
${rows.map((row) => line(cells(row))).join('\n')}

Rates, then p50 / p99.
${reasons(rows)
  .map((reason) => `\n${reason}`)
  .join('\n')}
${seen.map((line) => `\n${line}\n`).join('')}`
  writeFileSync(FILE, text)
}

/** What the time of one request is, part by part; and for each missed target, what it is missed by. */
function reasons(rows: readonly Row[]): string[] {
  const lines: string[] = []
  const seen = new Set<unknown>()
  for (const row of rows) {
    const { parts, cpu } = row
    const sum = (side: Record<string, number>) => Object.values(side).reduce((total, part) => total + part, 0)
    const list = (side: Record<string, number>) =>
      Object.entries(side)
        .sort(([, a], [, b]) => b - a)
        .map(([part, value]) => `${part} ${value.toFixed(2)}`)
        .join(', ')
    if (cpu) {
      const completes = row.name.startsWith('(b)') ? ' (the completing between the calls included)' : ''
      lines.push(
        `${row.name} (${row.mode}), ms of processor time for each: product ${sum(cpu.product).toFixed(2)} = ` +
          `${list(cpu.product)}${completes}. Raw: ${sum(cpu.raw).toFixed(2)} = ${list(cpu.raw)}.`,
      )
    }
    if (!met(row) && !parts) lines.push(`Missed: ${row.name} (${row.mode}): ${excess(row)}`)
    if (!parts || seen.has(parts)) continue
    seen.add(parts)
    const missed = rows.filter((other) => other.parts === parts && !met(other))
    const why = missed.length > 0 ? `Missed: ${missed.map(({ name }) => name).join('; ')}. ` : ''
    lines.push(
      `${why}${row.name.split(',')[0]} (${row.mode}), one at a time, in ms: ${sum(parts.product).toFixed(2)} = ` +
        `${list(parts.product)}. Raw: ${sum(parts.raw).toFixed(2)} = ${list(parts.raw)}.`,
    )
  }
  return lines
}

function excess({ raw, product }: Row): string {
  return `p50 ${ms(product.p50)} against ${ms(raw.p50)}, p99 ${ms(product.p99)} against ${ms(raw.p99)}`
}

function versions(): string {
  const require = createRequire(import.meta.url)
  const of = (name: string) => {
    const path = require.resolve.paths(name)?.map((folder) => join(folder, name, 'package.json')) ?? []
    for (const file of path) {
      try {
        return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`
      } catch {
        // Not in this folder: the next one is looked into.
      }
    }
    return name
  }
  const print = (program: string) => execFileSync(program, ['--version'], { encoding: 'utf8' })
  const postgres = /[\d.]+/.exec(print(join(findOrInstall('postgres'), 'postgres')))?.[0]
  const redis = /v=([\d.]+)/.exec(print(findOrInstall('redis')))?.[1]
  return [
    `Node ${process.versions.node}`,
    ...['express', 'socket.io', 'bullmq', '@electric-sql/pglite', 'pg'].map(of),
    `PostgreSQL ${postgres}`,
    `Redis ${redis}`,
  ].join(', ')
}
