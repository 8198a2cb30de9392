import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import type { PadVerb } from '#protocol/device.ts'

/** What lies at the pad's counter. */
export type PadState =
  | { at: 'no-counter' }
  /** Nobody sits there. */
  | { at: 'closed' }
  | { at: 'paused' }
  | { at: 'free'; waiting: number }
  /** `calls`: how often; null: too long ago to be known. */
  | { at: 'called'; number: string; calls: number | null }
  | { at: 'serving'; number: string }

/** The pad's counter, as the board of the hall has it. Pure. [PAD4] */
export function padState(
  { waiting, counters, calls }: Pick<PublicBoard, 'waiting' | 'counters' | 'calls'>,
  site: Pick<SiteView, 'counters'>,
  counterId: string,
): PadState {
  const setting = site.counters.find(({ id }) => id === counterId)
  const counter = counters[counterId]
  if (!setting || !counter) return { at: 'no-counter' }
  const { number, serving, status } = counter
  if (number !== null) {
    if (serving) return { at: 'serving', number }
    const call = calls.find((one) => one.counterId === counterId && one.number === number)
    return { at: 'called', number, calls: call?.calls ?? null }
  }
  if (status !== 'open') return { at: status }
  const lanes = new Set(setting.lanes.map(({ laneId }) => laneId))
  return { at: 'free', waiting: [...lanes].reduce((sum, lane) => sum + (waiting[lane] ?? 0), 0) }
}

/** What may be pressed, the main thing first. [PAD4] */
export function verbsOf({ at }: PadState): readonly PadVerb[] {
  switch (at) {
    case 'free':
      return ['call-next']
    case 'called':
      return ['start', 'recall', 'no-show']
    case 'serving':
      return ['complete']
    default:
      return []
  }
}

/** The digit of each button, also of a number pad. One key means one thing in every state. */
export const PAD_KEYS: Record<PadVerb, string> = {
  'call-next': '1',
  recall: '2',
  start: '3',
  complete: '4',
  'no-show': '0',
}

/** What a key means, whether or not it is possible now; never held down, nor with another key. [PAD4] */
export function verbOfKey(press: {
  key: string
  repeat: boolean
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
}): PadVerb | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null
  const found = Object.entries(PAD_KEYS).find(([, key]) => key === press.key)
  return (found?.[0] as PadVerb | undefined) ?? null
}
