/** A free counter that may take the next leg. */
export interface FreeCounter {
  counterId: string
  number: string
  /** Since when it has had nobody, ms. */
  since: number
}

/** The next leg of a counter that asks, where tickets are offered in turn. */
export interface Offer {
  /** When that leg came to wait, ms. */
  enteredAt: number
  /** Every open counter without anybody whose next leg is the same one; the asking counter is among them. */
  free: FreeCounter[]
}

/**
 * Whether another counter comes first. The counter that has been free the longest is offered the leg first; each of the
 * others joins one offer's length after the one before it, so a clerk who does not call holds nobody up. [OFFER1]
 *
 * @param offerFor length of one offer, ms
 * @returns who is first, and in how many ms the asking counter may call; null: it may now
 */
export function offeredElsewhere(
  { enteredAt, free }: Offer,
  counterId: string,
  offerFor: number,
  now: number,
): { first: FreeCounter; wait: number } | null {
  const inTurn = free.toSorted((a, b) => a.since - b.since || (a.counterId < b.counterId ? -1 : 1))
  const rank = inTurn.findIndex((counter) => counter.counterId === counterId)
  const first = inTurn[0]
  if (!first || rank <= 0) return null
  const wait = Math.max(enteredAt, first.since) + rank * offerFor - now
  return wait > 0 ? { first, wait } : null
}
