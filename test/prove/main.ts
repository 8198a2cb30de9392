// `npm run prove`: the hardest tests at full size, and their results in docs/proofs.md. Ends with 1 on any violation.
// `npm run prove -- walks wall` only those parts: concurrency, detection, crashes, walks, wall, fuzz.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '#test/parts/postgres.ts'
import { proveFuzz } from './fuzz.ts'
import { type Proof, proveConcurrency, proveCrashes, proveDetection, proveWall } from './proofs.ts'
import { report } from './report.ts'

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const say = (line: string) => process.stdout.write(`${line}\n`)

say(`seed ${seed} (repeat with SEED=${seed})`)
const postgres = await startPostgres()
const proofs: Proof[] = []
/** What cannot even be tried to the end has failed, and the rest is still worth knowing. */
const attempt = async (what: string, work: () => Promise<Proof[]>) => {
  try {
    proofs.push(...(await work()))
  } catch (error) {
    proofs.push({ title: what, facts: [], failures: [String(error)] })
  }
}
/** The walks take longest, and nothing in them is timed: those of both modes go on at once. */
const modelApart = async (mode: string): Promise<Proof[]> => {
  const child = fork(fileURLToPath(new URL('model-apart.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, MODE: mode, SEED: String(seed), POSTGRES_URL: postgres.url },
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the walks ended with ${code}`)
  })
  return Promise.race([once(child, 'message').then(([sent]) => sent as Proof[]), ended])
}

const chosen = process.argv.slice(2)
const wanted = (part: string) => chosen.length === 0 || chosen.includes(part)
const MODES = ['embedded', 'services'] as const
try {
  for (const mode of MODES) {
    const given = { mode, postgresUrl: postgres.url, seed, say }
    if (wanted('concurrency')) {
      for (const nodes of mode === 'services' ? [1, 2] : [1]) {
        await attempt(`Concurrency, ${mode}`, async () => [await proveConcurrency({ ...given, nodes })])
      }
    }
    if (wanted('detection')) await attempt(`The check can fail, ${mode}`, () => proveDetection(given))
    if (wanted('crashes')) await attempt(`Crashes, ${mode}`, async () => [await proveCrashes(given)])
  }
  if (wanted('walks')) {
    await Promise.all(MODES.map((mode) => attempt(`Model, ${mode}`, () => modelApart(mode))))
  }
  if (wanted('fuzz')) await attempt('Whatever is sent', async () => [await proveFuzz(seed, say)])
  if (wanted('wall')) await attempt('The wall', async () => [await proveWall({ say })])
} finally {
  await postgres.stop()
}
const page = new URL('../../docs/proofs.md', import.meta.url)
const before = existsSync(page) ? readFileSync(page, 'utf8') : ''
writeFileSync(page, report(before, proofs, seed, new Date()))
for (const { title, failures } of proofs) say(`${failures.length === 0 ? '✓' : '✗'} ${title}`)
for (const { title, failures } of proofs) for (const failure of failures) say(`${title}: ${failure}`)
process.exit(proofs.some(({ failures }) => failures.length > 0) ? 1 : 0)
