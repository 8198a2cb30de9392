import type { Hall } from '#line/hall.ts'

/** Thrown where a process dies, and by whatever it still tries afterwards. */
export class Dead extends Error {
  constructor() {
    super('the process is dead')
    this.name = 'Dead'
  }
}

/** Between two things a process does to the world outside it. */
export interface Moment {
  /** Which of the things it does, from 0. */
  index: number
  side: 'before' | 'after'
}

/** What reaches out of a process, of each part of a hall; everything else stays within it. */
const REACHES = {
  database: ['query', 'transaction', 'script'],
  line: ['add', 'propose', 'settle', 'remove'],
  hints: ['say'],
} as const

/**
 * A process that can die at an exact moment: from then on nothing of it reaches the database, the line or other processes
 * any more. What it had done stays done, as with kill −9.
 */
export class Mortal {
  /** What it did since it was last told to remember, in order. */
  deeds: string[] = []
  dead = false
  #dies: Moment | null = null

  /** Puts this fate between a hall and its parts. */
  attach(hall: Hall): void {
    hall.database = this.#between(hall.database, 'database')
    hall.line = this.#between(hall.line, 'line')
    hall.hints = this.#between(hall.hints, 'hints')
  }

  /** From now on its deeds are counted, and at that moment it dies. */
  begin(moment: Moment | null): void {
    this.deeds = []
    this.#dies = moment
  }

  #between<T extends object>(part: T, name: keyof typeof REACHES): T {
    const reaches: readonly string[] = REACHES[name]
    return new Proxy(part, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target)
        if (typeof value !== 'function') return value
        if (!reaches.includes(String(property))) return value.bind(target)
        return (...given: unknown[]) =>
          this.#do(deed(name, String(property), given), () => value.apply(target, given))
      },
    })
  }

  #do(what: string, work: () => unknown): unknown {
    if (this.dead) return refused(what)
    const index = this.deeds.push(what) - 1
    const dies = (side: Moment['side']) => this.#dies?.index === index && this.#dies.side === side
    if (dies('before')) {
      this.dead = true
      return refused(what)
    }
    const done = work()
    if (!dies('after')) return done
    if (!(done instanceof Promise)) {
      this.dead = true
      throw new Dead()
    }
    return done.then(() => {
      this.dead = true
      throw new Dead()
    })
  }
}

/** A word to other processes is said or not, at once; everything else is awaited. */
function refused(what: string): Promise<never> {
  if (what === 'hints.say') throw new Dead()
  return Promise.reject(new Dead())
}

function deed(part: string, property: string, [text]: unknown[]): string {
  if (part !== 'database' || typeof text !== 'string') return `${part}.${property}`
  if (text.includes('nuanhao.commit(')) return 'commit'
  if (text.includes('nuanhao.situation(')) return 'read'
  return 'look up'
}
