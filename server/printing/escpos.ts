import { encode as encodeQr } from 'uqr'
import { DOTS } from '#domain/printer.ts'
import type { Slip, SlipPart } from '#protocol/printing.ts'
import { columnsOf, encodeGb18030 } from './gb18030.ts'

const ESC = 0x1b
const GS = 0x1d
const FS = 0x1c

/** Dots of a column in the printer's Latin font; its Chinese letters take two. */
const COLUMN = 12
/** Rows sent in one command: more would fill the memory of small printers. */
const BAND = 128
/** The QR code is about this much of the paper's width. */
const QR_SHARE = 0.55
/** A number is not made larger than this: GS ! knows no more. */
const LARGEST = 8

/** Asks for the paper sensor in the order of the printing: the answer comes when everything before is on paper. */
export const CONFIRM = Buffer.from([GS, 0x72, 1])

const BEGIN = Buffer.from([ESC, 0x40, FS, 0x26])
/** The printing head stands above the knife: feed first, then cut all but a corner. */
const END = Buffer.from([ESC, 0x64, 4, GS, 0x56, 66, 0])

/** A ticket as text for a printer with a Chinese font. Every text must be one it carries. */
export function textJob({ paper, parts }: Slip): Buffer {
  return Buffer.concat([BEGIN, ...parts.map((part) => bytesOf(part, paper)), END])
}

/** A ticket as a picture: rows of `DOTS[paper] / 8` bytes each. `again`: that is written above, as any printer can. */
export function pictureJob(rows: Buffer, paper: Slip['paper'], again: boolean): Buffer {
  const mark = again ? [style(2, true, true), line('REPRINT'), style(1, false, false)] : []
  return Buffer.concat([BEGIN, ...mark, raster(rows, DOTS[paper] / 8), END])
}

function bytesOf(part: SlipPart, paper: Slip['paper']): Buffer {
  const columns = DOTS[paper] / COLUMN
  if ('rule' in part) return Buffer.concat([style(1, false, false), line('-'.repeat(columns))])
  if ('qr' in part) return qr(part.qr, DOTS[paper])
  const { text, size, strong = false, centred = false } = part
  const scale = size === 'number' ? numberScale(text, columns) : size === 'large' ? 2 : 1
  const lines = wrap(text, Math.floor(columns / scale))
  return Buffer.concat([style(scale, strong, centred), ...lines.map(line)])
}

/** As large as leaves a little white at both edges. */
function numberScale(text: string, columns: number): number {
  return Math.max(1, Math.min(LARGEST, Math.floor((columns * 0.9) / widthOf(text))))
}

function style(scale: number, strong: boolean, centred: boolean): Buffer {
  const size = ((scale - 1) << 4) | (scale - 1)
  return Buffer.from([ESC, 0x61, centred ? 1 : 0, ESC, 0x45, strong ? 1 : 0, GS, 0x21, size])
}

function line(text: string): Buffer {
  return Buffer.concat([encodeGb18030(text), Buffer.from('\n')])
}

/** Lines of at most so many columns, broken between words where there are any, else anywhere. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let now = ''
  for (const word of text.match(/[!-~]+|[^!-~]/gu) ?? []) {
    if (widthOf(now + word.trimEnd()) > columns && now.trim() !== '') {
      lines.push(now.trimEnd())
      now = ''
    }
    if (word === ' ' && (now === '' || widthOf(now) >= columns)) continue
    for (const letter of word) {
      if (widthOf(now + letter) > columns) {
        lines.push(now)
        now = ''
      }
      now += letter
    }
  }
  return now.trim() === '' ? lines : [...lines, now.trimEnd()]
}

function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + columnsOf(letter), 0)
}

/** A QR code as dots: every printer prints them, and not every one can make a code itself. */
function qr(text: string, dots: number): Buffer {
  const { data, size } = encodeQr(text, { ecc: 'M', border: 2 })
  const module = Math.max(2, Math.floor((dots * QR_SHARE) / size))
  const bytes = Math.ceil((size * module) / 8)
  const rows = data.flatMap((modules) => {
    const row = Buffer.alloc(bytes)
    for (let x = 0; x < size * module; x++) {
      if (modules[Math.floor(x / module)]) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7))
    }
    return Array.from({ length: module }, () => row)
  })
  return Buffer.concat([style(1, false, true), raster(Buffer.concat(rows), bytes)])
}

/** GS v 0, a band at a time. */
function raster(rows: Buffer, bytes: number): Buffer {
  const bands: Buffer[] = []
  for (let at = 0; at < rows.length; at += bytes * BAND) {
    const band = rows.subarray(at, at + bytes * BAND)
    const height = band.length / bytes
    bands.push(Buffer.from([GS, 0x76, 0x30, 0, bytes & 0xff, bytes >> 8, height & 0xff, height >> 8]), band)
  }
  return Buffer.concat(bands)
}
