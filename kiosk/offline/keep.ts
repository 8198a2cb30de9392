import { get, promisifyRequest, set, type UseStore, update } from 'idb-keyval'

/** What a kiosk keeps over a reload and a power cut. Rejects where the browser cannot. */
export interface Keep {
  get<T>(name: string): Promise<T | undefined>
  set(name: string, value: unknown): Promise<void>
  /** Reads and writes in one: no other page of this kiosk comes between. */
  change<T>(name: string, how: (before: T | undefined) => T): Promise<T>
}

const STORE = 'kept'

/** The browser's database. What is written is on the disk before it is said to be. [OFFLINE4] */
export function openKeep(): Keep {
  // Asked for, it is not cleared away when the disk runs short. Browsers withhold it on plain http.
  void navigator.storage?.persist?.().catch(console.warn)
  let opened: Promise<IDBDatabase> | null = null
  const open = (): Promise<IDBDatabase> => {
    if (opened) return opened
    const request = indexedDB.open('nuanhao.kiosk')
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE)
    const mine = promisifyRequest(request)
    opened = mine
    const forget = (): void => {
      if (opened === mine) opened = null
    }
    mine.then((database) => {
      database.onclose = forget
    }, forget)
    return mine
  }
  // Browsers answer before the disk has it, unless they are told otherwise.
  const strictly: UseStore = async (mode, work) =>
    work((await open()).transaction(STORE, mode, { durability: 'strict' }).objectStore(STORE))
  return {
    get: (name) => get(name, strictly),
    set: (name, value) => set(name, value, strictly),
    async change<T>(name: string, how: (before: T | undefined) => T): Promise<T> {
      let after: T | undefined
      await update<T>(
        name,
        (before) => {
          after = how(before)
          return after
        },
        strictly,
      )
      return after as T
    },
  }
}
