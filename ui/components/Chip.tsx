import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

interface Props {
  tone?: 'plain' | 'accent' | 'jade' | 'amber' | 'madder'
  icon?: IconName
  children: ComponentChildren
}

/** A small fact beside something larger. Never colour alone: the words say it. */
export function Chip({ tone = 'plain', icon, children }: Props) {
  return (
    <span class={tone === 'plain' ? 'chip' : `chip chip--${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  )
}
