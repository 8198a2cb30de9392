/**
 * Lets one through at a time, first come, first served, for each key. Two counters of a site that ask this process at
 * the same moment would otherwise be proposed two heads and could commit them the other way round.
 */
export class Turnstile {
  readonly #last = new Map<string, Promise<unknown>>()

  through<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#last.set(key, mine)
    const leave = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key)
    }
    mine.then(leave, leave)
    return mine
  }
}
