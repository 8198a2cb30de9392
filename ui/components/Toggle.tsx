import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

interface Props {
  icon: IconName
  on: boolean
  onChange: (on: boolean) => void
  children: ComponentChildren
  'data-testid'?: string
}

/** Something that is on or off, by one tap. */
export function Toggle({ icon, on, onChange, children, ...rest }: Props) {
  return (
    <button type="button" class="toggle" aria-pressed={on} onClick={() => onChange(!on)} {...rest}>
      <Icon name={on ? 'check' : icon} />
      {children}
    </button>
  )
}
