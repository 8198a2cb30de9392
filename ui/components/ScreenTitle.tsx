import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The heading of a screen. Takes the focus when its screen comes, so that a screen reader follows. [ACCESS1] */
export function ScreenTitle({ children, class: name }: { children: ComponentChildren; class?: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <h1 ref={heading} tabIndex={-1} class={name}>
      {children}
    </h1>
  )
}
