import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

interface Props {
  tone?: 'plain' | 'amber' | 'madder' | 'jade'
  icon?: IconName
  title?: string
  children?: ComponentChildren
}

/** What happened, and what to do. Said at once by a screen reader. */
export function Notice({ tone = 'plain', icon = 'warning', title, children }: Props) {
  return (
    <div class={tone === 'plain' ? 'notice' : `notice notice--${tone}`} role="alert">
      <Icon name={icon} />
      <div>
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
