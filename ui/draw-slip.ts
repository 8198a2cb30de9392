import { encode } from 'uqr'
import { DOTS } from '#domain/printer.ts'
import type { Slip, SlipPart } from '#protocol/printing.ts'

/** Letters as in a printer's own font, dots. */
const PLAIN = 28
const LARGE = 48
/** A number fills so much of the width, at most this high. */
const NUMBER_SHARE = 0.9
const NUMBER_MOST = 200
const QR_SHARE = 0.55
/** White around what is drawn, dots. */
const EDGE = 4
/** No ticket is longer, dots. */
const LONGEST = 3_900
const FONT = 'system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif'

/**
 * A ticket as a picture for a printer that cannot write it: the browser has a font for every script of the screen it shows.
 *
 * @returns rows of dots, a bit each, 1 is black; deflated (zlib), base64 [PRINT5]
 */
export async function drawnRows(slip: Slip): Promise<string> {
  const width = DOTS[slip.paper]
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = LONGEST
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('this browser cannot draw')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, LONGEST)
  pen.fillStyle = '#000'
  pen.textBaseline = 'top'
  // Letters that run from right to left find their own order, each line by itself.
  pen.canvas.lang = slip.language
  let y = EDGE
  for (const part of slip.parts) y = Math.min(y + draw(pen, part, y, width), LONGEST)
  const { data } = pen.getImageData(0, 0, width, y)
  const rows = new Uint8Array((width / 8) * y)
  for (let dot = 0; dot < width * y; dot++) {
    if ((data[dot * 4] ?? 255) < 128) rows[dot >> 3] = (rows[dot >> 3] ?? 0) | (0x80 >> (dot & 7))
  }
  return deflated(rows)
}

/** @returns how high it is */
function draw(pen: CanvasRenderingContext2D, part: SlipPart, y: number, width: number): number {
  if ('rule' in part) {
    for (let x = 0; x < width; x += 12) pen.fillRect(x, y + 12, 6, 2)
    return 26
  }
  if ('qr' in part) return drawQr(pen, part.qr, y, width)
  const weight = part.strong ? 700 : 400
  const at = (size: number) => `${weight} ${size}px ${FONT}`
  let size = part.size === 'large' ? LARGE : PLAIN
  if (part.size === 'number') {
    pen.font = at(100)
    size = Math.min(NUMBER_MOST, Math.floor((width * NUMBER_SHARE * 100) / pen.measureText(part.text).width))
  }
  pen.font = at(size)
  const height = Math.ceil(size * 1.3)
  const lines = wrapped(part.text, (text) => pen.measureText(text).width <= width - 2 * EDGE)
  for (const [n, line] of lines.entries()) {
    pen.textAlign = part.centred ? 'center' : 'start'
    pen.fillText(line, part.centred ? width / 2 : EDGE, y + n * height)
  }
  return lines.length * height
}

/** Lines that fit, broken where the language allows it. */
function wrapped(text: string, fits: (text: string) => boolean): string[] {
  const lines: string[] = []
  let now = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    const pieces = fits(segment) ? [segment] : [...segment]
    for (const piece of pieces) {
      if (now !== '' && !fits((now + piece).trimEnd())) {
        lines.push(now.trimEnd())
        now = ''
      }
      if (now !== '' || piece.trim() !== '') now += piece
    }
  }
  return now === '' ? lines : [...lines, now.trimEnd()]
}

function drawQr(pen: CanvasRenderingContext2D, text: string, y: number, width: number): number {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const module = Math.max(2, Math.floor((width * QR_SHARE) / size))
  const left = Math.floor((width - size * module) / 2)
  for (const [row, modules] of data.entries()) {
    for (const [column, dark] of modules.entries()) {
      if (dark) pen.fillRect(left + column * module, y + row * module, module, module)
    }
  }
  return size * module
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  const packed = new Uint8Array(await new Response(stream).arrayBuffer())
  return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''))
}
