import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import encodeJpeg, { init } from '@jsquash/jpeg/encode.js'
import { imageSize } from 'image-size'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPicture, LARGEST_PICTURE, picturesBeside } from './pictures.ts'

const PLACE = 'GPS 31.2304 N, 121.4737 E'
const PAGE = '<script>alert(1)</script>'
/** Red, green and blue in a PNG of 4 × 3. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAKElEQVR4nA3HQQEAAAgCMYIZgjjEIYT9Tn+bkBgRsS+ZMTHrT5mSsj1h2BPtWVzB2QAAAABJRU5ErkJggg==',
  'base64',
)
let folder: string
let jpeg: Buffer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nuanhao-pictures-'))
  const { resolve } = createRequire(import.meta.url)
  await init(new WebAssembly.Module(readFileSync(resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))))
  const pixels = { data: new Uint8ClampedArray(40 * 30 * 4).fill(200), width: 40, height: 30 }
  jpeg = Buffer.from(await encodeJpeg(pixels as ImageData))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What becomes of a file of that name beside a hall's. */
async function beside(name: string, bytes: Buffer) {
  writeFileSync(join(folder, name), bytes)
  const pictures = await picturesBeside(
    join(folder, 'hall.yaml'),
    `notices: [{ zh-CN: 图, picture: '${name}' }]`,
  )
  return checkPicture(pictures[name])
}

/** A JPEG as a camera writes it: with more in it than the picture. */
function withExif(picture: Buffer): Buffer {
  const said = Buffer.from(`Exif\0\0${PLACE}`)
  const head = Buffer.from([0xff, 0xe1, 0, said.length + 2])
  return Buffer.concat([picture.subarray(0, 2), head, said, picture.subarray(2), Buffer.from(PAGE)])
}

describe('pictures beside a hall’s file', () => {
  it.each([
    ['png', () => Buffer.concat([PNG, Buffer.from(PAGE)]), { width: 4, height: 3 }],
    ['jpg', () => withExif(jpeg), { width: 40, height: 30 }],
    // By its content, not its name.
    ['webp', () => withExif(jpeg), { width: 40, height: 30 }],
  ])('[PICTURE3] a %s is written anew: the picture and nothing else', async (end, bytes, size) => {
    const given = bytes()
    expect(given.includes(PAGE)).toBe(true)
    const picture = await beside(`a.${end}`, given)
    if (typeof picture === 'string') throw new Error(picture)
    const kept = Buffer.from(picture.data, 'base64')
    expect(picture.type).toBe('image/webp')
    expect(imageSize(kept)).toMatchObject({ ...size, type: 'webp' })
    for (const mark of [PAGE, PLACE, 'Exif', 'JFIF']) expect(kept.includes(mark)).toBe(false)
    // Written once more it is a picture still.
    expect(await beside('b.webp', kept)).toMatchObject({ type: 'image/webp' })
  })

  it('[PICTURE3] a photograph that is too large for its kind is made small', async () => {
    let state = 1
    const noise = Buffer.from(
      Array.from({ length: 1_000 * 800 }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return 120 + (state >>> 28)
      }),
    )
    const large = png(1_000, 800, noise)
    expect(large.length).toBeGreaterThan(LARGEST_PICTURE)
    expect(await beside('noise.png', large)).toMatchObject({ type: 'image/webp' })
  })

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a page with a picture’s first signs', Buffer.from(`\xff\xd8\xff${PAGE}`, 'latin1')],
    ['half a picture', PNG.subarray(0, 40)],
    ['a drawing that is a program', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${PAGE}</svg>`)],
    [
      'signs and nothing behind',
      Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(64)]),
    ],
  ])('[PICTURE1] [PICTURE3] %s is refused', async (_, bytes) => {
    expect(await beside('a.png', bytes)).toBe('is no JPEG, PNG or WebP picture')
  })

  it('[PICTURE3] one that would fill the memory is refused before it is decoded', async () => {
    const bomb = png(30_000, 30_000, Buffer.alloc(0))
    expect(bomb.length).toBeLessThan(1_000)
    expect(await beside('bomb.png', bomb)).toContain('make it smaller')
  })
})

/** A PNG of grey pixels. */
function png(width: number, height: number, pixels: Buffer): Buffer {
  const lines = Array.from({ length: Math.ceil(pixels.length / width) }, (_, y) =>
    Buffer.concat([Buffer.alloc(1), pixels.subarray(y * width, (y + 1) * width)]),
  )
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const chunk = (type: string, data: Buffer) => {
    const said = Buffer.concat([Buffer.from(type), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(said))
    return Buffer.concat([length, said, sum])
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** As PNG wants it: ISO 3309. */
function crc32(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
