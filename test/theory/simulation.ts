import { compareTurns, type Turn, virtualArrival } from '#domain/turn.ts'

/** A hall of equal counters, Poisson arrivals and exponential service of mean 1; all times in mean services. */
export interface Hall {
  counters: number
  /** Utilisation: arrivals × mean service ÷ counters. */
  load: number
  /** Share of residents with care. */
  careShare: number
  /** Head start of care, in mean services. */
  headStart: number
  customers: number
  seed: number
}

/** Mean waits in mean services. */
export interface Waits {
  care: number
  ordinary: number
}

interface Waiting extends Turn {
  at: number
  care: boolean
}

/**
 * Runs the hall on a virtual clock. Who is next is decided by the domain's own turn: `virtualArrival` and `compareTurns`.
 */
export function simulate({ counters, load, careShare, headStart, customers, seed }: Hall): Waits {
  const random = sfc32(seed)
  const exponential = (mean: number) => -Math.log(1 - random()) * mean
  const between = 1 / (load * counters)
  const line = new Heap()
  /** When each busy counter is free again. */
  const busy: number[] = []
  const waited = { care: 0, ordinary: 0 }
  const counted = { care: 0, ordinary: 0 }
  /** The counter that is free first, and when: kept, because most steps ask for it. */
  let first = -1
  let free = Number.POSITIVE_INFINITY
  const look = () => {
    first = -1
    free = Number.POSITIVE_INFINITY
    for (let at = 0; at < busy.length; at++) {
      const until = busy[at] as number
      if (until >= free) continue
      first = at
      free = until
    }
  }
  const serve = (at: number, care: boolean, now: number, counter: number) => {
    const kind = care ? 'care' : 'ordinary'
    waited[kind] += now - at
    counted[kind] += 1
    busy[counter] = now + exponential(1)
    look()
  }
  let arrived = 0
  let next = exponential(between)
  while (arrived < customers) {
    if (next <= free) {
      arrived += 1
      const care = random() < careShare
      if (busy.length < counters) serve(next, care, next, busy.length)
      else line.push({ v: virtualArrival(next, care ? headStart : 0), n: arrived, at: next, care })
      next += exponential(between)
      continue
    }
    const head = line.pop()
    if (head) serve(head.at, head.care, free, first)
    else {
      busy.splice(first, 1)
      look()
    }
  }
  return { care: waited.care / counted.care, ordinary: waited.ordinary / counted.ordinary }
}

/** Mean wait of M/M/c first come, first served, in mean services (Erlang C). */
export function erlangWait(counters: number, load: number): number {
  const offered = load * counters
  let term = 1
  let sum = 1
  for (let k = 1; k < counters; k++) {
    term *= offered / k
    sum += term
  }
  const all = (term * offered) / counters / (1 - load)
  return all / (sum + all) / (counters * (1 - load))
}

/** A binary heap in the order of turns: the domain's `nextLeg` looks at every leg, which is too slow for millions. */
class Heap {
  readonly #items: Waiting[] = []

  push(item: Waiting): void {
    const items = this.#items
    let at = items.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (compareTurns(items[parent] as Waiting, item) <= 0) break
      items[at] = items[parent] as Waiting
      at = parent
    }
    items[at] = item
  }

  pop(): Waiting | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (!last || items.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= items.length) break
      if (child + 1 < items.length && compareTurns(items[child + 1] as Waiting, items[child] as Waiting) < 0)
        child++
      if (compareTurns(last, items[child] as Waiting) <= 0) break
      items[at] = items[child] as Waiting
      at = child
    }
    items[at] = last
    return top
  }
}

/** Chris Doty-Humphrey's Small Fast Counter generator: uniform in [0, 1), the same numbers for the same seed. */
function sfc32(seed: number): () => number {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = 1
  const draw = () => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 20; i++) draw()
  return draw
}
