// npm run bench [-- --quick] [--write] [--mode=embedded|services] [--rows=abcdef]
import { parseArgs } from 'node:util'
import { firstView, firstViewText } from './first-view.ts'
import { printTable, writeReport } from './report.ts'
import { broadcastRows, callRow, depthRows, issueRow, partsOfRequests, type Row } from './rows.ts'
import { FULL, QUICK } from './scale.ts'
import { startServices } from './services.ts'
import { type Mode, openStage, type Stage } from './stage.ts'
import { taps, tapsText } from './tap.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    mode: { type: 'string' },
    rows: { type: 'string', default: 'abcdef' },
  },
})
const scale = values.quick ? QUICK : FULL
const modes = (['embedded', 'services'] as const).filter(
  (mode) => values.mode === undefined || values.mode === mode,
)
const wanted = (row: string) => values.rows.includes(row)
const started = performance.now()
const rows: Row[] = []

for (const mode of /[abcd]/.test(values.rows) ? modes : []) {
  const services = mode === 'services' ? await startServices() : null
  const stage = await openStage(services)
  try {
    rows.push(...(await measure(stage, mode)))
  } finally {
    await stage.stop()
    await services?.stop()
  }
}

const seen: string[] = []
if (wanted('e')) seen.push(firstViewText(await firstView()))
if (wanted('f')) seen.push(tapsText(await taps()))

const minutes = (performance.now() - started) / 60_000
printTable(rows, minutes)
for (const line of seen) process.stdout.write(`${line}\n`)
if (values.write) await writeReport(rows, { quick: values.quick, minutes, seen })

async function measure(stage: Stage, mode: Mode): Promise<Row[]> {
  const measured: Row[] = []
  const say = (what: string) => process.stderr.write(`${mode}: ${what}\n`)
  if (wanted('a')) {
    for (const clients of [16, 64]) {
      say(`issue, ${clients} clients`)
      measured.push(await issueRow(stage, scale, clients))
    }
  }
  if (wanted('b')) {
    say('call-next')
    measured.push(await callRow(stage, scale))
  }
  if (wanted('a') || wanted('b')) {
    say('the parts of a request')
    const { issue, call } = await partsOfRequests(stage, scale)
    for (const row of measured) Object.assign(row, { parts: row.name.startsWith('(a)') ? issue : call })
  }
  if (wanted('c')) {
    for (const displays of [50, 2000] as const) {
      say(`${displays} displays`)
      measured.push(...(await broadcastRows(stage, scale, displays)))
    }
  }
  if (wanted('d')) {
    say('10, 1,000 and 10,000 waiting')
    measured.push(...(await depthRows(stage, scale)))
  }
  return measured
}
