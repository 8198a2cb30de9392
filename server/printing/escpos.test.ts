import { connect } from 'node:net'
import { deflateSync } from 'node:zlib'
import { encode as encodeQr } from 'uqr'
import { describe, expect, it } from 'vitest'
import { type SlipFacts, slipOf } from '#protocol/slip.ts'
import { Printer } from '#test/harness/printer.ts'
import { CONFIRM, pictureJob, textJob, wrap } from './escpos.ts'
import { carries } from './gb18030.ts'
import { rowsOf } from './picture.ts'

const FACTS: SlipFacts = {
  language: 'zh-CN',
  hall: { 'zh-CN': '㐀家街道政务大厅', en: 'Sub-district Hall' },
  practice: false,
  timeZone: 'Asia/Shanghai',
  number: 'A012',
  services: [{ 'zh-CN': '居住证办理', en: 'Residence permit' }],
  issue: { ahead: 3, wait: { low: 10, high: 25 } },
  issuedAt: Date.parse('2026-11-22T02:32:00Z'),
  materials: [{ 'zh-CN': '居民身份证', en: 'Resident ID card' }],
  trackUrl: 'https://hall.example/phone/#ABCDEFGH23456789',
  again: false,
}

/** What comes out of a printer that is sent these bytes. */
async function printed(job: Buffer) {
  const printer = await Printer.start()
  const socket = connect(printer.port, '127.0.0.1')
  socket.write(Buffer.concat([job, CONFIRM]))
  await printer.until(() => printer.papers.length > 0)
  socket.destroy()
  await printer.stop()
  expect(printer.misunderstood).toEqual([])
  const [paper] = printer.papers
  if (!paper) throw new Error('no paper')
  return paper
}

describe('a paper ticket as ESC/POS', () => {
  it('[PRINT4] has hall, number, service, place, wait, time, what to bring and the code, in the resident’s language', async () => {
    const chinese = await printed(textJob(slipOf(FACTS, 58)))
    expect(chinese.text.split('\n').filter((line) => !line.startsWith('---'))).toEqual([
      '㐀家街道政务大厅',
      '您的号码',
      'A012',
      '居住证办理',
      '取号时前面 3 人',
      '预计等候 约 10–25 分钟',
      '取号时间 2026-11-22 10:32',
      '请带好：',
      '- 居民身份证',
      '请留意大屏幕和广播叫号。',
      '微信扫一扫，看排队进度',
    ])
    const english = await printed(textJob(slipOf({ ...FACTS, language: 'en', trackUrl: null }, 80)))
    expect(english.text).toContain('Expected wait: about 10')
    expect(english.text).not.toMatch(/[\u4e00-\u9fff]|Scan/)
    expect(english.items.some((item) => 'rows' in item)).toBe(false)
  })

  it('[PRACTICE1] the paper of a practice hall says so first, in both languages', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const paper = await printed(textJob(slipOf({ ...FACTS, language, practice: true }, 58)))
      expect(paper.text.split('\n')[0]).toBe('练习 PRACTICE')
    }
    expect((await printed(textJob(slipOf(FACTS, 58)))).text).not.toContain('练习')
  })

  it('[PRINT4] the number is as large as the paper allows', async () => {
    const scaleOf = async (number: string, paper: 58 | 80) => {
      const { items } = await printed(textJob(slipOf({ ...FACTS, number }, paper)))
      return items.find((item) => 'text' in item && item.text === number)
    }
    expect(await scaleOf('A012', 58)).toMatchObject({ scale: 7, strong: true, centred: true })
    expect(await scaleOf('A012', 80)).toMatchObject({ scale: 8 })
    expect(await scaleOf('A1234', 58)).toMatchObject({ scale: 5 })
  })

  it('[PRINT4] the code on paper is that of the link, dot for dot', async () => {
    const { items } = await printed(textJob(slipOf(FACTS, 58)))
    const bands = items.flatMap((item) => ('rows' in item ? [item] : []))
    const bytes = bands[0]?.bytes ?? 0
    const rows = Buffer.concat(bands.map((band) => band.rows))
    const { data, size } = encodeQr(FACTS.trackUrl ?? '', { ecc: 'M', border: 2 })
    const module = rows.length / bytes / size
    expect(Number.isInteger(module)).toBe(true)
    const dot = (x: number, y: number) => ((rows[y * bytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
    const middle = (n: number) => n * module + (module >> 1)
    const read = data.map((row, y) => row.map((_, x) => dot(middle(x), middle(y))))
    expect(read).toEqual(data)
  })

  it('[PRINT6] [PRINT8] a second paper says so in both languages', async () => {
    const { text } = await printed(textJob(slipOf({ ...FACTS, again: true }, 58)))
    expect(text).toMatch(/^补打 REPRINT\n/)
    const picture = await printed(pictureJob(Buffer.alloc(48 * 10, 0xaa), 58, true))
    expect(picture.text).toBe('REPRINT')
  })

  it('[PRINT5] a printer writes ASCII, Chinese and Extension A; emoji, rare planes and scripts that join are drawn', () => {
    for (const text of [
      'A012 - 10:32',
      '居住证办理，请带好：',
      '㐀䶵',
      'Residents’ wait 10–20',
      'é ü α Я あ',
    ]) {
      expect({ text, carries: carries(text) }).toEqual({ text, carries: true })
    }
    for (const text of ['😀', '𠮷', 'ئۇيغۇر', 'བོད', 'ᠮᠣᠩᠭᠣᠯ', '한국어', 'नमस्ते', '\ue000', 'ą']) {
      expect({ text, carries: carries(text) }).toEqual({ text, carries: false })
    }
  })

  it('[PRINT5] a drawn ticket comes out dot for dot, however long it is', async () => {
    const rows = Buffer.from(Array.from({ length: 72 * 700 }, (_, n) => (n * 31) & 0xff))
    const { items } = await printed(pictureJob(rows, 80, false))
    expect(Buffer.concat(items.flatMap((item) => ('rows' in item ? [item.rows] : [])))).toEqual(rows)
  })

  it('[PRINT5] a picture that is none, is not of this width or would never end is refused', () => {
    const drawn = (length: number) => deflateSync(Buffer.alloc(length)).toString('base64')
    expect(rowsOf(drawn(48 * 900), 58)).toHaveLength(48 * 900)
    expect(rowsOf(drawn(48 * 900 + 1), 58)).toBeNull()
    expect(rowsOf(drawn(0), 58)).toBeNull()
    expect(rowsOf(drawn(50_000_000), 58)).toBeNull()
    expect(rowsOf('bm8gcGljdHVyZQ==', 58)).toBeNull()
  })

  it('[PRINT4] lines are broken between words, or anywhere in Chinese and in words that are too long', () => {
    expect(wrap('Please watch the screen', 12)).toEqual(['Please watch', 'the screen'])
    expect(wrap('请留意大屏幕和广播', 10)).toEqual(['请留意大屏', '幕和广播'])
    expect(wrap('abcdefghij klm', 4)).toEqual(['abcd', 'efgh', 'ij', 'klm'])
    expect(wrap('请带 ID card 来', 8)).toEqual(['请带 ID', 'card 来'])
    expect(wrap('', 8)).toEqual([])
  })
})
