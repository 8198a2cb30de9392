import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Reply {
  status: number
  body: string
}

const END_OF_HEAD = '\r\n\r\n'

/**
 * One kept-alive HTTP/1.1 connection that asks one thing at a time. It reads no more of HTTP than this API says, because
 * on a small machine a full client would take from the server the time that is being measured.
 */
export class HttpClient {
  readonly #socket: Socket
  readonly #host: string
  #received: Buffer = Buffer.alloc(0)
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | null = null

  private constructor(socket: Socket, host: string) {
    this.#socket = socket
    this.#host = host
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  /** Connects to `http://host:port`. */
  static async open(url: string): Promise<HttpClient> {
    const { hostname, port, host } = new URL(url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    return new HttpClient(socket, host)
  }

  /** `headers` are whole lines, each with its line end. */
  post(path: string, headers: string, body: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${headers}Content-Type: application/json\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}${END_OF_HEAD}${body}`,
      )
    })
  }

  close(): void {
    this.#waiting = null
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const headEnd = this.#received.indexOf(END_OF_HEAD)
    if (headEnd < 0) return
    const head = this.#received.toString('latin1', 0, headEnd)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    if (length === undefined) {
      this.#waiting?.reject(new Error(`an answer without a length:\n${head}`))
      return
    }
    const bodyStart = headEnd + END_OF_HEAD.length
    const end = bodyStart + Number(length)
    if (this.#received.length < end) return
    const reply = {
      status: Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)),
      body: this.#received.toString('utf8', bodyStart, end),
    }
    this.#received = this.#received.subarray(end)
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.resolve(reply)
  }
}
