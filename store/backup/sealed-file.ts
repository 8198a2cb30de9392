import { createReadStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { BackupKey } from '#settings/backup-key.ts'
import { BadBackup } from './format.ts'

/**
 * Packs and seals text, piece by piece, as an age file: chunks of 64 KiB, each authenticated with its place, the last with
 * the mark that it is. [BACKUP3]
 */
export async function writeSealed(
  text: AsyncIterable<string>,
  key: BackupKey,
  into: Writable,
): Promise<void> {
  const encrypter = new Encrypter()
  if (key.kind === 'passphrase') encrypter.setPassphrase(key.passphrase)
  else for (const each of key.keys) encrypter.addRecipient(await publicKey(each))
  const seal = async function* (packed: AsyncIterable<Buffer>) {
    yield* pieces(await encrypter.encrypt(asWeb(packed)))
  }
  await pipeline(Readable.from(text), createGzip(), seal, into)
}

/**
 * Hands on the lines of a sealed file, without their ends. Each is authenticated before it comes; whether the file is whole
 * shows at its end. [BACKUP4]
 *
 * @returns what `take` made of them
 * @throws BadBackup; whatever `take` throws
 */
export async function readSealed<T>(
  file: string,
  key: BackupKey,
  take: (lines: AsyncIterable<string>) => Promise<T>,
): Promise<T> {
  if (key.kind === 'public') throw new BadBackup(`${file} needs the secret key: BACKUP_KEY holds public ones`)
  const decrypter = new Decrypter()
  if (key.kind === 'passphrase') decrypter.addPassphrase(key.passphrase)
  else for (const each of key.keys) decrypter.addIdentity(each)
  const unseal = async function* (bytes: AsyncIterable<Buffer>) {
    let opened = false
    try {
      const packed = await decrypter.decrypt(asWeb(bytes))
      opened = true
      yield* pieces(packed)
    } catch (error) {
      throw reason(error as NodeJS.ErrnoException, opened)
    }
  }
  try {
    return await pipeline(createReadStream(file), unseal, createGunzip(), linesOf, take)
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_')) throw new BadBackup(`${file}: it cannot be unpacked`)
    if (syscall === 'open' || syscall === 'read') throw new BadBackup(`${file} cannot be read: ${message}`)
    if (error instanceof BadBackup) throw new BadBackup(`${file}: ${message}`)
    throw error
  }
}

/** A new pair of keys: the secret one, which opens, and the public one, which only seals. */
export async function newBackupKey(): Promise<{ secret: string; public: string }> {
  const secret = await generateX25519Identity()
  return { secret, public: await identityToRecipient(secret) }
}

async function publicKey(key: string): Promise<string> {
  return key.startsWith('age1') ? key : identityToRecipient(key)
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  /** Of the line that is not at its end. */
  let begun: Buffer[] = []
  for await (const piece of bytes) {
    let from = 0
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      begun.push(piece.subarray(from, end))
      yield Buffer.concat(begun).toString('utf8')
      begun = []
      from = end + 1
    }
    if (from < piece.length) begun.push(piece.subarray(from))
  }
  if (begun.length > 0) throw new BadBackup('its last line has no end')
}

function asWeb(bytes: AsyncIterable<Buffer>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(bytes, { objectMode: false })) as unknown as ReadableStream<Uint8Array>
}

function pieces(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return stream as unknown as WebStream<Uint8Array>
}

/** What the operator is told: files and keys, and no cryptography. */
function reason(error: NodeJS.ErrnoException, opened: boolean): Error {
  // Of the disk, or of whoever took the lines and wants no more.
  if (error.code !== undefined) return error
  if (opened) return new BadBackup('it was cut off or changed')
  if (/no identity matched/.test(error.message))
    return new BadBackup('the key or passphrase is another one, or its beginning was changed')
  return new BadBackup('it is no backup, or its beginning was changed')
}
