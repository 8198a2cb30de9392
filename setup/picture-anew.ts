import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { imageSize } from 'image-size'

/** Pixels: more is a bomb, or wasted on a screen. */
const LONGEST_SIDE = 4_096
/** Of 100; a photograph loses nothing that a wall would show. */
const QUALITY = 85

const require = createRequire(import.meta.url)
const wasm = (file: string) => new WebAssembly.Module(readFileSync(require.resolve(file)))

/** Pictures by the type they claim to be; each decoder is loaded when there is one. */
const DECODERS: Record<string, () => Promise<(bytes: ArrayBuffer) => Promise<ImageData>>> = {
  jpg: async () => {
    const { default: decode, init } = await import('@jsquash/jpeg/decode.js')
    await init(wasm('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
    return decode
  },
  png: async () => {
    const { decode, init } = await import('@jsquash/png/decode.js')
    await init(readFileSync(require.resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')))
    return decode
  },
  webp: async () => {
    const { default: decode, init } = await import('@jsquash/webp/decode.js')
    await init(wasm('@jsquash/webp/codec/dec/webp_dec.wasm'))
    return decode
  },
}

/**
 * A picture decoded and written anew, as WebP: whatever else was in its file, where it was taken or a page in disguise, is gone. What
 * was drawn stays sharp when it fits. [PICTURE3]
 *
 * @param most bytes that the new one should have at most; a larger one is given back all the same
 * @returns null when it is no picture, or none that can be decoded
 * @throws RangeError when it has too many pixels
 */
export async function writtenAnew(bytes: Buffer, most: number): Promise<Buffer | null> {
  let size: { width?: number; height?: number; type?: string | undefined }
  try {
    size = imageSize(bytes)
  } catch {
    return null
  }
  const decoder = DECODERS[size.type ?? '']
  if (!decoder) return null
  if (Math.max(size.width ?? 0, size.height ?? 0) > LONGEST_SIDE) throw new RangeError()
  const image = await decoded(decoder, bytes)
  if (!image || Math.max(image.width, image.height) > LONGEST_SIDE) return null
  const { default: encode, init } = await import('@jsquash/webp/encode.js')
  // Every Node that runs the program has its wide instructions.
  await init(wasm('@jsquash/webp/codec/enc/webp_enc_simd.wasm'))
  const sharp = size.type === 'png' ? Buffer.from(await encode(image, { lossless: 1 })) : null
  if (sharp && sharp.length <= most) return sharp
  return Buffer.from(await encode(image, { quality: QUALITY }))
}

async function decoded(decoder: (typeof DECODERS)[string], bytes: Buffer): Promise<ImageData | null> {
  try {
    const decode = await decoder()
    return await decode(Uint8Array.from(bytes).buffer)
  } catch {
    return null
  }
}
