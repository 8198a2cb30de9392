/** Something that is to happen at a moment, ms. */
export interface Entry<What> {
  at: number
  what: What
}

/** What is to happen, in the order of its moments; at the same moment in the order in which it was entered. */
export class Agenda<What> {
  #entries: Entry<What>[] = []

  /** Moments are whole milliseconds, and nothing happens before its own. */
  add(moment: number, what: What): void {
    const at = Math.ceil(moment)
    const after = this.#entries.findIndex((entry) => entry.at > at)
    this.#entries.splice(after < 0 ? this.#entries.length : after, 0, { at, what })
  }

  /** The moment of the next; null when nothing is to happen. */
  dueAt(): number | null {
    return this.#entries[0]?.at ?? null
  }

  take(): Entry<What> | null {
    return this.#entries.shift() ?? null
  }

  /** Takes out what is not to happen any more. */
  drop(which: (what: What) => boolean): void {
    this.#entries = this.#entries.filter(({ what }) => !which(what))
  }
}
