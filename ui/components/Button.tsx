import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'size' | 'icon'> {
  tone?: 'primary' | 'plain' | 'quiet' | 'jade' | 'danger'
  large?: boolean
  wide?: boolean
  /** Working on it: pressing again does nothing. */
  busy?: boolean
  icon?: IconName
  /** Leads to where the screen came from, as Escape does. The icon `back` says so too. */
  back?: boolean
  children: ComponentChildren
}

/** A button. Always a `<button>`, never a submit unless it says so. */
export function Button({
  tone = 'plain',
  large,
  wide,
  busy,
  icon,
  back,
  children,
  onClick,
  class: more,
  ...rest
}: Props) {
  const name = [
    'button',
    `button--${tone}`,
    large && 'button--large',
    wide && 'button--wide',
    typeof more === 'string' && more,
  ]
    .filter(Boolean)
    .join(' ')
  return (
    <button
      type="button"
      {...rest}
      class={name}
      data-back={icon === 'back' || back ? '' : undefined}
      aria-busy={busy ? 'true' : undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
