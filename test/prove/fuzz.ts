import { spawn } from 'node:child_process'
import type { Proof } from './proofs.ts'

const REQUESTS = 100_000

/** What CI sends at 10,000 requests a mode, at 100,000: the same test, run by itself. */
export async function proveFuzz(seed: number, say: (line: string) => void): Promise<Proof> {
  const title = `Whatever is sent, ${REQUESTS.toLocaleString('en')} requests a mode`
  say(`${title} …`)
  const child = spawn('npx', ['vitest', 'run', 'test/fuzz.test.ts'], {
    env: { ...process.env, NO_COLOR: '1', FUZZ_REQUESTS: String(REQUESTS), FUZZ_SEED: String(seed) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const counted = [...printed.matchAll(/^(\w+), FUZZ_SEED=\d+: (\{.*\})$/gm)]
  return {
    title,
    facts: counted.flatMap(([, mode, statuses = '{}']) =>
      Object.entries(JSON.parse(statuses) as Record<string, number>).map(
        ([status, count]): [string, number] => [`${mode}, answered ${status}`, count],
      ),
    ),
    failures: code === 0 ? [] : [printed.slice(-4_000)],
  }
}
