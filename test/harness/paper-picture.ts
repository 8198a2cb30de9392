import type { Page } from '@playwright/test'
import { DOTS } from '#domain/printer.ts'
import type { Paper } from './printer.ts'

/** Dots of a Latin letter; a Chinese one is as wide as high. */
const CELL = { width: 12, height: 24 }
/** White between lines, dots. */
const LEADING = 6

/** What came out of a printer as a picture, dot for dot: letters in a font of this machine, everything else as it was sent. */
export async function paperPicture(page: Page, { items }: Paper, paper: 58 | 80): Promise<Buffer> {
  const drawn = items.map((item) =>
    'rows' in item ? { ...item, rows: [...item.rows] } : { ...item, letters: [...item.text] },
  )
  const { width, height } = CELL
  await page.setContent('<style>body{margin:0}canvas{display:block}</style><canvas></canvas>')
  await page.evaluate(
    ({ drawn, dots, width, height, leading }) => {
      const canvas = document.querySelector('canvas')
      const pen = canvas?.getContext('2d')
      if (!canvas || !pen) throw new Error('no canvas')
      const high = (item: (typeof drawn)[number]) =>
        'rows' in item ? item.rows.length / item.bytes : item.scale * height + leading
      canvas.width = dots
      canvas.height = drawn.reduce((sum, item) => sum + high(item), 40)
      pen.fillStyle = '#fff'
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.fillStyle = '#000'
      pen.textBaseline = 'middle'
      let y = 20
      for (const item of drawn) {
        if ('rows' in item) {
          const start = item.centred ? Math.floor((dots - item.bytes * 8) / 2) : 0
          for (const [n, byte] of item.rows.entries()) {
            for (let bit = 0; bit < 8; bit++) {
              const x = start + (n % item.bytes) * 8 + bit
              if (byte & (0x80 >> bit)) pen.fillRect(x, y + Math.floor(n / item.bytes), 1, 1)
            }
          }
        } else {
          const widthOf = (letter: string) => (letter <= '~' ? width : height) * item.scale
          const all = item.letters.reduce((sum, letter) => sum + widthOf(letter), 0)
          let x = item.centred ? Math.floor((dots - all) / 2) : 0
          pen.font = `${item.strong ? 700 : 400} ${item.scale * (height - 2)}px monospace`
          for (const letter of item.letters) {
            pen.fillText(letter, x, y + (item.scale * height) / 2, widthOf(letter))
            x += widthOf(letter)
          }
        }
        y += high(item)
      }
    },
    { drawn, dots: DOTS[paper], width, height, leading: LEADING },
  )
  return page.locator('canvas').screenshot()
}
