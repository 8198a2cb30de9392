import type { PrintAnswer } from '#protocol/printing.ts'
import type { Api } from '#ui/api.ts'

/** What is this screen's part: to print by its browser, or to draw what the printer cannot write. [PRINT5] [PRINT11] */
export async function carryOut(
  { jobId, how, slip }: PrintAnswer,
  api: Pick<Api, 'addPicture'>,
): Promise<void> {
  if (!slip) return
  if (how === 'browser') return window.print()
  // A paper that could not be drawn is given up after a minute; the number on the screen is as good.
  try {
    // Few papers are drawn: what draws them is fetched when one is.
    const { drawnRows } = await import('#ui/draw-slip.ts')
    await api.addPicture(jobId, await drawnRows(slip))
  } catch {
    // The number stands on the screen.
  }
}
