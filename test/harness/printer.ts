import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

/** One thing that came out of the printer. */
export type Printed =
  | { text: string; scale: number; strong: boolean; centred: boolean }
  /** Rows of dots as they were sent. */
  | { rows: Buffer; bytes: number; centred: boolean }

/** A paper up to the cut. */
export interface Paper {
  items: Printed[]
  /** Its text, a line for each line. */
  text: string
}

/** What is wrong with a printer. */
export interface Trouble {
  paperOut?: boolean
  paperLow?: boolean
  coverOpen?: boolean
  /** It does not accept connections. */
  away?: boolean
  /** It accepts them and says nothing. */
  mute?: boolean
  /** It does not know GS r. */
  simple?: boolean
  /** It goes away after so many bytes of a job. */
  diesAfter?: number
  /** It goes away when all is on paper, before it says so. */
  diesBeforeConfirming?: boolean
}

const gb18030 = new TextDecoder('gb18030')

/**
 * A ticket printer on loopback, as its manual describes it: ESC/POS with a Chinese font, a knife and status. It knows the commands
 * below and fails on any other, so that nothing is sent that a printer might take for text.
 */
export class Printer extends EventEmitter<{ changed: [] }> {
  readonly papers: Paper[] = []
  /** Bytes of no command that it knows; must stay empty. */
  readonly misunderstood: string[] = []
  /** How often it was asked how it is. */
  asked = 0
  trouble: Trouble = {}
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #port = 0

  constructor() {
    super()
    this.#server = createServer((socket) => this.#serve(socket))
  }

  static async start(): Promise<Printer> {
    const printer = new Printer()
    await printer.#listen()
    return printer
  }

  get port(): number {
    return this.#port
  }

  /** `127.0.0.1:PORT`, as a hall's file has it. */
  get address(): string {
    return `127.0.0.1:${this.#port}`
  }

  /** Changes what is wrong with it. */
  async be(trouble: Trouble): Promise<void> {
    const was = this.trouble.away ?? false
    this.trouble = trouble
    if (trouble.away && !was) await this.#shut()
    if (!trouble.away && was) await this.#listen()
  }

  /** Resolves when it is so. */
  async until(is: () => boolean): Promise<void> {
    while (!is()) await once(this, 'changed')
  }

  async stop(): Promise<void> {
    if (!this.trouble.away) await this.#shut()
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async #shut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
    const reader = new Reader(
      this,
      (bytes) => socket.write(bytes),
      () => socket.destroy(),
    )
    socket.on('data', (bytes) => {
      reader.read(bytes)
      this.emit('changed')
    })
  }
}

/** Reads one connection. What a connection leaves unfinished is torn off with it. */
class Reader {
  #bytes = Buffer.alloc(0)
  #items: Printed[] = []
  #line: number[] = []
  #scale = 1
  #strong = false
  #centred = false
  #chinese = false
  #sent = 0
  readonly #printer: Printer
  readonly #answer: (bytes: Buffer) => void
  readonly #die: () => void

  constructor(printer: Printer, answer: (bytes: Buffer) => void, die: () => void) {
    this.#printer = printer
    this.#answer = answer
    this.#die = die
  }

  read(bytes: Buffer): void {
    if (this.#printer.trouble.mute) return
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    for (let taken = this.#take(this.#bytes); taken > 0; taken = this.#take(this.#bytes)) {
      this.#bytes = this.#bytes.subarray(taken)
      const { diesAfter } = this.#printer.trouble
      if (diesAfter !== undefined && this.#sent >= diesAfter) {
        this.#tear()
        this.#die()
        return
      }
    }
  }

  /** Carries out the first command, or takes the first letter. @returns its length; 0: more is needed */
  #take(b: Buffer): number {
    const [first, second, third] = b
    if (first === undefined) return 0
    if (first === 0x10) {
      if (third === undefined) return 0
      if (second !== 4 || third < 1 || third > 4) return this.#unknown(b, 3)
      this.#printer.asked++
      this.#answer(Buffer.from([this.#status(third)]))
      return 3
    }
    this.#sent += 1
    if (first === 0x1b || first === 0x1c || first === 0x1d) {
      if (second === undefined) return 0
      const length = this.#command(first, String.fromCharCode(second), b)
      this.#sent += Math.max(0, length - 1)
      return length
    }
    if (first === 0x0a) return this.#feed()
    const length = letterLength(b)
    if (length > b.length) return 0
    if (first > 0x7e && !this.#chinese) return this.#unknown(b, length)
    this.#line.push(...b.subarray(0, length))
    return length
  }

  #command(lead: number, name: string, b: Buffer): number {
    const third = b[2]
    if (lead === 0x1b && name === '@') {
      this.#scale = 1
      this.#strong = this.#centred = this.#chinese = false
      return 2
    }
    if (lead === 0x1c && name === '&') {
      this.#chinese = true
      return 2
    }
    if (third === undefined) return 0
    if (lead === 0x1b && name === 'a') {
      this.#centred = third === 1
      return 3
    }
    if (lead === 0x1b && name === 'E') {
      this.#strong = third === 1
      return 3
    }
    if (lead === 0x1b && name === 'd') return 3
    if (lead === 0x1d && name === '!') {
      if (third >> 4 !== (third & 0xf)) return this.#unknown(b, 3)
      this.#scale = (third & 0xf) + 1
      return 3
    }
    if (lead === 0x1d && name === 'V') {
      if (b.length < 4) return 0
      return third === 66 ? this.#cut() : this.#unknown(b, 4)
    }
    if (lead === 0x1d && name === 'r') {
      const { simple, paperOut, diesBeforeConfirming } = this.#printer.trouble
      if (diesBeforeConfirming) this.#die()
      else if (!simple) this.#answer(Buffer.from([paperOut ? 0x0c : 0]))
      return 3
    }
    if (lead === 0x1d && name === 'v') return this.#raster(b)
    return this.#unknown(b, 3)
  }

  #raster(b: Buffer): number {
    if (b.length < 8) return 0
    const bytes = b.readUInt16LE(4)
    const length = 8 + bytes * b.readUInt16LE(6)
    if (b[2] !== 0x30 || b[3] !== 0) return this.#unknown(b, 8)
    if (b.length < length) return 0
    this.#print({ rows: Buffer.from(b.subarray(8, length)), bytes, centred: this.#centred })
    return length
  }

  #feed(): number {
    const text = gb18030.decode(Uint8Array.from(this.#line))
    this.#print({ text, scale: this.#scale, strong: this.#strong, centred: this.#centred })
    this.#line = []
    return 1
  }

  /** Without paper nothing comes out. */
  #print(item: Printed): void {
    if (!this.#printer.trouble.paperOut) this.#items.push(item)
  }

  #cut(): number {
    this.#tear()
    return 4
  }

  /** What has come out so far is a paper, whole or not. */
  #tear(): void {
    if (this.#items.length === 0) return
    const text = this.#items.flatMap((item) => ('text' in item ? item.text : [])).join('\n')
    this.#printer.papers.push({ items: this.#items, text })
    this.#items = []
  }

  #unknown(b: Buffer, length: number): number {
    this.#printer.misunderstood.push(b.subarray(0, length).toString('hex'))
    return length
  }

  #status(n: number): number {
    const { paperOut, paperLow, coverOpen } = this.#printer.trouble
    const always = 0b0001_0010
    if (n === 1) return always | (paperOut || coverOpen ? 0x08 : 0)
    if (n === 2) return always | (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0)
    if (n === 4) return always | (paperOut ? 0x6c : paperLow ? 0x0c : 0)
    return always
  }
}

/** GB18030: one byte of ASCII, two, or four where the second is a digit. */
function letterLength(b: Buffer): number {
  const [first = 0, second] = b
  if (first < 0x81) return 1
  return second !== undefined && second >= 0x30 && second <= 0x39 ? 4 : 2
}
