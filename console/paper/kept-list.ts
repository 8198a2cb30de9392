const KEPT = 'nuanhao.console.last-list'

/** Where a console that opens with the server away finds its last list. A locked-down browser keeps none. [PAPER8] */
export interface KeptList {
  /** @param text the list, as it may be kept */
  keep: (text: string) => void
  read: () => string | null
  drop: () => void
}

export function keptList(
  stored: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = () => localStorage,
): KeptList {
  return {
    keep: (text) => void attempt(() => stored().setItem(KEPT, text)),
    read: () => attempt(() => stored().getItem(KEPT)),
    drop: () => void attempt(() => stored().removeItem(KEPT)),
  }
}

function attempt<T>(what: () => T): T | null {
  try {
    return what()
  } catch {
    return null
  }
}
