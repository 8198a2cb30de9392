import { lookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'
import { mayPrint, type PrinterState } from '#domain/printer.ts'
import { type AllowedHost, isOwnNetwork } from '#settings/reach.ts'
import { CONFIRM } from './escpos.ts'
import { askStatus, isSensor, isStatus, readStatus, sensesPaperEnd } from './status.ts'

/** The printer cannot be reached, or went away. */
export class Unreachable extends Error {}

/** No printer stands there: the operator has to say that one does. [PRINT14] */
export class NoPrinterThere extends Unreachable {}

/** Where printers listen, by custom. */
const PORTS = { from: 9100, to: 9109 }

/** How long a printer may take for each thing, ms. */
export interface Patience {
  connect: number
  status: number
  /** From the last byte sent to the word that all is on paper: twice what a ticket takes. */
  print: number
}
export const PATIENCE: Patience = { connect: 2_000, status: 1_500, print: 4_000 }

/** What is read besides answers is nobody's; a printer that talks without end is cut, bytes. */
const TALK = 4_096

interface Place {
  host: string
  port: number
}

/** The address to connect to: the name is not asked twice, so it cannot lead elsewhere the second time. */
async function placeOf({ host, port }: Place, allowed: readonly AllowedHost[]): Promise<string> {
  const { address } = await lookup(host).catch(() => {
    throw new Unreachable()
  })
  const listed = allowed.some(
    (entry) => entry.host.replace(/^\[|\]$/g, '') === host && (entry.port ?? `${port}`) === `${port}`,
  )
  const custom = port >= PORTS.from && port <= PORTS.to && isOwnNetwork(address)
  if (!listed && !custom) throw new NoPrinterThere()
  return address
}

/** A conversation with one printer. It speaks with one at a time, so it is kept short. */
export class Connection {
  readonly #socket: Socket
  readonly #patience: Patience
  #awaited: { fits: (byte: number) => boolean; resolve: (byte: number | null) => void } | null = null
  #gone = false
  #read = 0

  private constructor(socket: Socket, patience: Patience) {
    this.#socket = socket
    this.#patience = patience
    socket.on('data', (bytes) => this.#hear(bytes))
    socket.on('close', () => {
      this.#gone = true
      this.#answer(null)
    })
  }

  /**
   * @param allowed where a printer may stand although it is no place for one
   * @throws NoPrinterThere, Unreachable
   */
  static async open(
    { host, port }: Place,
    allowed: readonly AllowedHost[],
    patience = PATIENCE,
  ): Promise<Connection> {
    const address = await placeOf({ host, port }, allowed)
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address, port, noDelay: true })
      const timer = setTimeout(() => socket.destroy(new Error('timeout')), patience.connect)
      socket.once('close', () => {
        clearTimeout(timer)
        reject(new Unreachable())
      })
      // What becomes of a broken connection is told by its close.
      socket.on('error', () => undefined)
      socket.once('connect', () => {
        clearTimeout(timer)
        resolve(new Connection(socket, patience))
      })
    })
  }

  /** Asks how the printer is; `offline` when it does not say. */
  async state(): Promise<PrinterState> {
    const said: number[] = []
    for (const n of [1, 2, 3, 4] as const) {
      const byte = await this.#ask(askStatus(n), isStatus, this.#patience.status)
      if (byte === null) return 'offline'
      said.push(byte)
    }
    return readStatus(said as [number, number, number, number])
  }

  /**
   * Sends a job and waits until it is on paper. A printer that does not know GS r is believed when it says that it is well.
   *
   * @returns whether it is, and how the printer is then: of a job that is not, never that it is well
   */
  async print(job: Buffer): Promise<{ printed: boolean; state: PrinterState }> {
    const sensor = await this.#ask(Buffer.concat([job, CONFIRM]), isSensor, this.#patience.print)
    const state = this.#gone ? 'offline' : await this.state()
    if (sensor === null) return { printed: mayPrint(state), state }
    const printed = !sensesPaperEnd(sensor)
    return { printed, state: printed || !mayPrint(state) ? state : 'paper-out' }
  }

  close(): void {
    this.#socket.destroy()
  }

  #ask(bytes: Buffer, fits: (byte: number) => boolean, within: number): Promise<number | null> {
    if (this.#gone) return Promise.resolve(null)
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer(null), within)
      this.#awaited = {
        fits,
        resolve: (byte) => {
          clearTimeout(timer)
          resolve(byte)
        },
      }
      this.#socket.write(bytes)
    })
  }

  #hear(bytes: Buffer): void {
    this.#read += bytes.length
    if (this.#read > TALK) return void this.#socket.destroy()
    for (const byte of bytes) if (this.#awaited?.fits(byte)) this.#answer(byte)
  }

  #answer(byte: number | null): void {
    const awaited = this.#awaited
    this.#awaited = null
    awaited?.resolve(byte)
  }
}
