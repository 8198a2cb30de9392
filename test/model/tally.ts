/** Counts of one verb. */
interface Count {
  done: number
  refused: number
  /** Of the refusals, by key. */
  keys: Record<string, number>
}

/** How often each verb succeeded and was refused over all walks. */
export class Tally {
  readonly verbs = new Map<string, Count>()
  walks = 0
  /** Of walks that went to their end: the fewest commands of one, and all together. */
  shortest = Number.POSITIVE_INFINITY
  commands = 0

  /** @param refusal its key, or null when it was done */
  count(verb: string, refusal: string | null): void {
    const count = this.verbs.get(verb) ?? { done: 0, refused: 0, keys: {} }
    if (refusal === null) count.done += 1
    else {
      count.refused += 1
      count.keys[refusal] = (count.keys[refusal] ?? 0) + 1
    }
    this.verbs.set(verb, count)
  }

  walked(commands: number): void {
    this.walks += 1
    this.commands += commands
    this.shortest = Math.min(this.shortest, commands)
  }

  /** Verbs that succeeded or were refused too seldom. */
  seldom(verbs: readonly string[], done: number, refused: number): string[] {
    return verbs.flatMap((verb) => {
      const count = this.verbs.get(verb) ?? { done: 0, refused: 0 }
      if (count.done >= done && count.refused >= refused) return []
      return [`${verb}: ${count.done} done, ${count.refused} refused`]
    })
  }

  /** A table to print. */
  toString(): string {
    const rows = [...this.verbs].sort(([a], [b]) => a.localeCompare(b))
    return [
      `${this.walks} walks, ${this.commands} commands, ${this.shortest} at least in each`,
      ...rows.map(([verb, { done, refused, keys }]) => {
        const why = Object.entries(keys)
          .sort(([, a], [, b]) => b - a)
          .map(([key, times]) => `${key} ${times}`)
        return `${verb.padEnd(16)}${String(done).padStart(7)} done${String(refused).padStart(7)} refused  ${why.join(', ')}`
      }),
    ].join('\n')
  }
}
