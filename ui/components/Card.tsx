import type { ComponentChildren, HTMLAttributes } from 'preact'

interface Props extends HTMLAttributes<HTMLElement> {
  raised?: boolean
  children: ComponentChildren
}

/** A sheet of lighter paper. */
export function Card({ raised, children, class: more, ...rest }: Props) {
  const name = ['card', raised && 'card--raised', typeof more === 'string' && more].filter(Boolean).join(' ')
  return (
    <section {...rest} class={name}>
      {children}
    </section>
  )
}
