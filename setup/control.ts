import { closeSync, openSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import type { HallAnswer, HallRequest } from './commands.ts'

/** What the command line says through the socket. */
export interface Asked {
  request: HallRequest
  actor: string
}

/** A socket's path may be no longer than this on any system, bytes. */
const LONGEST = 100

/**
 * Where the socket of a running server is. A path too long for a socket is reached through the open folder, which Linux
 * gives a short name.
 *
 * @param folder DATA_DIR, opened
 */
export function controlPath(dataDir: string, folder: number): string {
  const path = join(resolve(dataDir), 'control.sock')
  return Buffer.byteLength(path) <= LONGEST ? path : `/proc/self/fd/${folder}/control.sock`
}

/**
 * Asks the server that holds DATA_DIR.
 *
 * @returns null when there is none
 */
export async function askServer(dataDir: string, asked: Asked): Promise<HallAnswer | null> {
  let folder: number
  try {
    folder = openSync(dataDir, 'r')
  } catch {
    return null
  }
  try {
    const text = await exchange(controlPath(dataDir, folder), JSON.stringify(asked))
    return text === null ? null : (JSON.parse(text) as HallAnswer)
  } finally {
    closeSync(folder)
  }
}

function exchange(path: string, said: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, allowHalfOpen: true })
    let answer = ''
    socket.setEncoding('utf8')
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // Nobody listens: no server, or one that was killed.
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null)
      else reject(error)
    })
    socket.once('connect', () => socket.end(said))
    socket.on('data', (piece) => {
      answer += piece
    })
    socket.once('end', () => {
      if (answer === '') reject(new Error('the server could not carry it out; its log says why'))
      else resolve(answer)
    })
  })
}
