import { availableParallelism, totalmem } from 'node:os'
import type { Proof } from './proofs.ts'

const INTRODUCTION = [
  '# Proofs',
  '',
  'Written by `npm run prove`; do not edit. Each part says when it was tried last; `npm run prove -- walks` tries that part and leaves the others.',
  '',
  'A checker reads the event log, the histories and the rows, lives through the log once more with a model of its',
  'own, and compares it with what every client was told. It looks for: a ticket called twice in one stint or by two',
  'counters, a counter with two, a number issued twice or left out, a gap in the event numbers, a history with a gap',
  'or an overlap, a move the transition table does not know, an acknowledged ticket or call that is missing, a',
  'command done twice, a retry told something else, and, at every call, a waiting leg with a smaller turn which that',
  'counter could have taken.',
  '',
  'Another check walks through a hall and a small model of it, written apart from these rules, with commands drawn at',
  'random: people, kiosks, phones, chores, the clock, retries, and two at once. After each command the answer, the event,',
  'every leg and counter, the boards and the rules of the tables are compared; at the end of each walk every history and',
  'the line.',
  '',
  'A third drives the real page of the hall display in Chromium, over the real protocol and under a clock that runs as fast as',
  'it can, and compares what it holds after the last call with what it held after an early one, each time with its rubbish',
  'collected: heap, nodes and listeners may be 5 % more at most.',
]

/**
 * The page docs/proofs.md. What was not tried this time stands as `previous` has it.
 *
 * @param previous the page as it was; '' when there is none
 */
export function report(previous: string, proofs: readonly Proof[], seed: number, at: Date): string {
  const tried = new Map(proofs.map((proof) => [proof.title, section(proof, seed, at)]))
  const before = previous.split(/^## /m).slice(1)
  const kept = before.map((text): [string, string] => [text.split('\n')[0] ?? '', `## ${text.trimEnd()}`])
  const sections = new Map([...kept, ...tried])
  return `${[INTRODUCTION.join('\n'), ...sections.values()].join('\n\n')}\n`
}

/** Says of the machine only what numbers depend on. */
function section({ title, facts, failures }: Proof, seed: number, at: Date): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const machine = `${availableParallelism()} cores, ${gigabytes} GB of memory, Node ${process.versions.node}`
  const held = failures.length === 0 ? 'held' : `**failed ${failures.length} times**`
  return [
    `## ${title}`,
    '',
    `${at.toISOString().slice(0, 10)} · ${machine} · seed ${seed} · ${held}`,
    '',
    '| | |',
    '|---|---:|',
    ...facts.map(([what, number]) => `| ${what} | ${number.toLocaleString('en')} |`),
    ...failures.flatMap((failure) => ['', `- ${failure}`]),
  ].join('\n')
}
