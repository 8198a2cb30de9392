import type { ComponentChildren } from 'preact'
import { hourMinuteSecond } from '../i18n.ts'
import { shared } from '../words.ts'
import { Icon } from './Icon.tsx'

interface Props {
  /** Server time of the last word, ms. */
  lastHeard: number | null
  timeZone: string
  /** Covers the screen: nothing on it can be trusted or used. */
  full?: boolean
  /** What to do meanwhile. */
  children?: ComponentChildren
}

/** 与服务器失去联系 · 最后更新 10:32:05. Shown when a link is `lost`. [LINK7] */
export function LostNotice({ lastHeard, timeZone, full, children }: Props) {
  return (
    <div class={full ? 'lost lost--full' : 'lost'} role="alert" data-testid="lost">
      <Icon name="unplugged" />
      <strong>{shared('lost')}</strong>
      <span class="lost-time">
        {lastHeard === null
          ? shared('never-heard')
          : shared('last-update', { time: hourMinuteSecond(lastHeard, timeZone) })}
      </span>
      {children}
    </div>
  )
}
