import type { PaperWord, PrintAnswer, Slip } from '#protocol/printing.ts'
import type { Api } from '#ui/api.ts'
import { carryOut } from '#ui/paper/carry-out.ts'

/** A paper that the reception asked for. [DESK2] */
export interface Paper {
  jobId: string
  /** `here`: this browser can print it, when asked. `handed-over`: it was asked, and nobody hears of it. */
  state: 'here' | 'handed-over' | 'printing' | 'printed' | 'failed'
  /** What this browser prints; null when a printer of the hall does. */
  slip: Slip | null
}

/** The paper of an answer. What this screen is to draw for a printer is drawn. */
export async function paperOf(answer: PrintAnswer, api: Pick<Api, 'addPicture'>): Promise<Paper> {
  const { jobId, how, slip } = answer
  if (how === 'browser') return { jobId, state: 'here', slip }
  await carryOut(answer, api)
  return { jobId, state: 'printing', slip: null }
}

/** The paper after word of what became of one. */
export function hear(paper: Paper | null, { jobId, state }: PaperWord): Paper | null {
  if (paper?.jobId !== jobId || paper.state !== 'printing') return paper
  if (state === 'printed') return { ...paper, state: 'printed' }
  return state === 'given-up' ? { ...paper, state: 'failed' } : paper
}
