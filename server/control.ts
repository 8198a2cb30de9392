import { chmodSync, closeSync, openSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { runHallCommand } from '#setup/commands.ts'
import { type Asked, controlPath } from '#setup/control.ts'
import type { Parts } from './parts.ts'

/** A file of a hall with its pictures, and what is around them; more is nobody's hall. */
const LARGEST = 6_000_000

/**
 * Lets the operator's command line reach the database that this process holds: a socket in `DATA_DIR` that only the owner
 * of the files may open. Who may read and write the database's files may do all this anyway, so nothing more is asked.
 *
 * @returns closes it and removes it; null where there can be none
 */
export async function listenForOperator(parts: Parts): Promise<(() => Promise<void>) | null> {
  const { environment, logger } = parts
  const folder = openSync(environment.DATA_DIR, 'r')
  const path = controlPath(environment.DATA_DIR, folder)
  // Left by a process that was killed: the folder's lock says that it is ours.
  rmSync(path, { force: true })
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    answer(socket, parts).catch((error) => {
      logger.error({ error }, 'an operator’s command failed')
      socket.destroy()
    })
  })
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', (error) => {
      logger.warn({ error }, 'no command line while this runs: the socket in DATA_DIR cannot be made')
      resolve(false)
    })
    server.listen(path, () => resolve(true))
  })
  if (!listening) {
    closeSync(folder)
    return null
  }
  chmodSync(path, 0o600)
  return async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(path, { force: true })
    closeSync(folder)
  }
}

/** One connection, one question, one answer, both JSON. */
async function answer(socket: Socket, { hall }: Parts): Promise<void> {
  const { request, actor } = JSON.parse(await allOf(socket)) as Asked
  const answer = await runHallCommand(hall.database, request, hall.now(), actor)
  if (answer.told) {
    for (const session of answer.told.revoked) hall.hints.revoke(session)
    for (const session of answer.told.changed) hall.hints.recheck(session)
    if (answer.told.siteId !== null) hall.hints.say({ siteId: answer.told.siteId, event: null })
  }
  socket.end(JSON.stringify(answer))
}

/** Not by iterating: that would end the connection before there is an answer. */
function allOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (piece) => {
      text += piece
      if (text.length > LARGEST) reject(new Error('an operator’s command is too long'))
    })
    socket.once('end', () => resolve(text))
    socket.once('error', reject)
  })
}
